import type { Mutant } from './instrument.ts';
import { timeLimit } from './pool.ts';

/** How a mutant fared. */
export interface Tried {
  readonly mutant: Mutant;
  /** What it made fail; null when it survived. */
  readonly killer: string | null;
  readonly reached: boolean;
}

/** How many mutants did not count, and why. */
export interface LeftOut {
  readonly texts: number;
  readonly equivalent: number;
  readonly uncompiled: number;
}

/** The survivors, and the score of each folder. */
export function report(tried: readonly Tried[], left: LeftOut): string {
  const survivors = tried
    .filter(({ killer }) => killer === null)
    .map(({ mutant, reached }) => {
      const { file, line, mutator, was, became } = mutant;
      return `${file}:${line} ${mutator}${reached ? '' : ', not reached'}: ${short(was)} => ${short(became)}`;
    })
    .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
  const byFolder = new Map<string, Tried[]>();
  for (const one of tried) {
    const folder = one.mutant.file.replace(/\/[^/]+$/, '');
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), one]);
  }
  const rules = tried.filter(({ mutant }) => mutant.file.startsWith('lib/rules/'));
  const rows: readonly (readonly [string, readonly Tried[]])[] = [
    ...[...byFolder].sort(),
    ['lib/rules, all', rules],
    ['all', tried],
  ];
  return [
    ...survivors,
    '',
    ...rows.filter(([, some]) => some.length > 0).map(([folder, some]) => `${folder.padEnd(28)} ${score(some)}`),
    '',
    `Left out: ${left.uncompiled} that do not compile, ${left.texts} texts (title, why and docs of rules, titles of steps, errors of our own), ${left.equivalent} that change nothing (left-out.ts).`,
  ].join('\n');
}

function score(some: readonly Tried[]): string {
  const killed = some.filter(({ killer }) => killer !== null).length;
  const late = some.filter(({ killer }) => killer === timeLimit).length;
  const unreached = some.filter(({ reached }) => !reached).length;
  const percent = ((100 * killed) / some.length).toFixed(1).padStart(5);
  return `${percent} %  ${killed} of ${some.length} killed, ${late} of them by the time limit; ${unreached} not reached`;
}

function short(code: string): string {
  const line = code.replaceAll(/\s+/g, ' ');
  return line.length > 90 ? `${line.slice(0, 87)}...` : line;
}
