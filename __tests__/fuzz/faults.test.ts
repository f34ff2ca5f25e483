import { expect, test } from '@jest/globals';
import { type Random, randomFrom } from '../lab/random.ts';
import { everyBase } from './bases.ts';
import { type Cell, cellOf, type Spoiled } from './cells.ts';
import { everySpoiled } from './spoiled.ts';
import { tallyOf } from './tally.ts';

/** Each fault at one of the places that can have it. */
function sampleOf(all: readonly Spoiled[], random: Random): readonly Spoiled[] {
  const names = new Set(all.map(({ fault }) => fault));
  return [...names].map((name) => random.pick(all.filter(({ fault }) => fault === name)));
}

// All of them: npm run faults.
test('one question of each world × each fault: nothing crashes, nothing looks better, all ends', async () => {
  const random = randomFrom(9);
  const wrong: unknown[] = [];
  for (const base of await everyBase()) {
    for (const spoiled of sampleOf(everySpoiled(base), random)) {
      const cell = await cellOf(spoiled);
      if (cell.wrong !== undefined) wrong.push(cell);
    }
  }
  expect(wrong).toEqual([]);
}, 300_000);

test('the tally of all cells', () => {
  const cell: Cell = {
    told: '',
    exitCode: 0,
    isBetter: false,
    milliseconds: 20,
    inTime: true,
    calls: 12,
    longestWait: 1,
  };
  const late = { ...cell, exitCode: 70, isBetter: true, milliseconds: 6000.4, inTime: false, wrong: 'took 6000 ms' };
  expect(tallyOf([...Array<Cell>(1999).fill(cell), late])).toBe(
    [
      '2,000 cells: 1 wrong, 1 better verdicts, 1 with exit code 70, 1,999 ended in time.',
      'Exit codes: 0 1,999 times, 70 1 times.',
      'At most 6,000 ms a cell, 12 az processes, 1 s between two looks.',
    ].join('\n'),
  );
});
