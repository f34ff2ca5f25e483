import { readFileSync } from 'node:fs';
import { Instrumenter } from '@stryker-mutator/instrumenter';

/** One change to the product, behind a switch in the instrumented code. */
export interface Mutant {
  readonly id: string;
  /** From the root of the project, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly mutator: string;
  readonly was: string;
  readonly became: string;
  /** The code of its file before it, and after it. */
  readonly before: string;
  readonly after: string;
}

export interface Instrumented {
  /** Instrumented code by file. */
  readonly code: ReadonlyMap<string, string>;
  readonly mutants: readonly Mutant[];
}

function nothing(): void {}
const never = (): boolean => false;
const silent = {
  isTraceEnabled: never,
  isDebugEnabled: never,
  isInfoEnabled: never,
  isWarnEnabled: never,
  isErrorEnabled: never,
  isFatalEnabled: never,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
};

/** Puts every mutant of these files behind Stryker's switch. */
export async function instrument(root: string, files: readonly string[]): Promise<Instrumented> {
  const sources = new Map(files.map((file) => [file, readFileSync(`${root}${file}`, 'utf8')]));
  const { files: made, mutants } = await new Instrumenter(silent).instrument(
    [...sources].map(([name, content]) => ({ name, content, mutate: true })),
    { plugins: null, excludedMutations: [], ignorers: [] },
  );
  return {
    code: new Map(made.map(({ name, content }) => [name, content])),
    mutants: mutants.map(({ id, fileName, location: { start, end }, mutatorName, replacement }) => {
      const source = sources.get(fileName) ?? '';
      const from = offsetOf(source, start);
      const to = offsetOf(source, end);
      return {
        id,
        file: fileName,
        line: start.line + 1,
        mutator: mutatorName,
        was: source.slice(from, to),
        became: replacement,
        before: source.slice(0, from),
        after: source.slice(to),
      };
    }),
  };
}

function offsetOf(source: string, { line, column }: { readonly line: number; readonly column: number }): number {
  const lines = source.split('\n').slice(0, line);
  return lines.reduce((sum, { length }) => sum + length + 1, column);
}
