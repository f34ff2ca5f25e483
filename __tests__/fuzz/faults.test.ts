import { expect, test } from '@jest/globals';
import { randomFrom } from '../lab/random.ts';
import { everyBase } from './bases.ts';
import { answered, cellOf, faults } from './faults.ts';

// All of them: npm run faults.
test('one question of each world × each fault: nothing crashes, nothing looks better', async () => {
  const random = randomFrom(9);
  const wrong: unknown[] = [];
  for (const base of await everyBase()) {
    for (const fault of faults) {
      const cell = await cellOf(base, random.pick(answered(base)), fault);
      if (cell.wrong !== undefined) wrong.push(cell);
    }
  }
  expect(wrong).toEqual([]);
}, 120_000);
