import { checkRendering, type Format, type Report, render } from '../../lib/report/render.ts';
import type { TextOptions } from '../../lib/report/text-style.ts';
import { runningIn } from '../../lib/shell/running-in.ts';
import type { Shell } from '../../lib/shell/shell.ts';
import { note, print } from './output.ts';
import { textStyle } from './terminal.ts';

export interface PrintingOptions {
  readonly output?: Format | undefined;
  readonly query?: string | undefined;
  readonly verbose?: boolean | undefined;
  readonly shell?: Shell | undefined;
}

/** What a command says of what it found. */
export interface Printing<T> {
  readonly report: (found: T, style: TextOptions) => Report;
  /** For stderr, below the report. */
  readonly notes?: (found: T) => readonly (string | undefined)[];
  readonly exitCode: (found: T) => number;
}

/** What every command does: checks how to print before az is asked for nothing, finds, prints and sets the exit code. */
export async function printing<T>(
  { output: format, query, verbose, shell = runningIn(process) }: PrintingOptions,
  find: () => Promise<T>,
  { report, notes, exitCode }: Printing<T>,
): Promise<void> {
  checkRendering({ format, query });
  const found = await find();
  const style = { ...textStyle(process.env, process.stdout), verbose: verbose === true, shell };
  await print(render(report(found, style), { format, query }));
  for (const text of notes?.(found) ?? []) if (text !== undefined) note(`azlb: ${text}`);
  process.exitCode = exitCode(found);
}
