import type { Cell } from './cells.ts';

/** What came of all cells, in a few lines. */
export function tallyOf(cells: readonly Cell[]): string {
  const count = (test: (cell: Cell) => boolean): string => cells.filter(test).length.toLocaleString('en');
  const most = (of: (cell: Cell) => number): string =>
    Math.round(cells.reduce((max, cell) => Math.max(max, of(cell)), 0)).toLocaleString('en');
  const codes = [...new Set(cells.map(({ exitCode }) => exitCode))].sort((a, b) => a - b);
  return [
    `${count(() => true)} cells: ${count(({ wrong }) => wrong !== undefined)} wrong, ${count(({ isBetter }) => isBetter)} better verdicts, ${count(({ exitCode }) => exitCode === 70)} with exit code 70, ${count(({ inTime }) => inTime)} ended in time.`,
    `Exit codes: ${codes.map((code) => `${code} ${count(({ exitCode }) => exitCode === code)} times`).join(', ')}.`,
    `At most ${most(({ milliseconds }) => milliseconds)} ms a cell, ${most(({ calls }) => calls)} az processes, ${most(({ longestWait }) => longestWait)} s between two looks.`,
  ].join('\n');
}
