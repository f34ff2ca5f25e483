import { expect, test } from '@jest/globals';
import { trialOf } from './fuzz.ts';

// A failure names the seed: npm run fuzz -- 1 SEED.
test('400 spoiled answers: nothing crashes, hangs, or is believed that is no answer', async () => {
  const wrong: unknown[] = [];
  for (let seed = 1; seed <= 400; seed += 1) {
    const trial = await trialOf(seed);
    if (trial.wrong !== undefined) wrong.push({ seed, told: trial.told, wrong: trial.wrong });
  }
  expect(wrong).toEqual([]);
}, 120_000);

test('a seed gives the same again', async () => {
  const [one, other] = [await trialOf(7), await trialOf(7)];
  expect(one.told).toBe(other.told);
  expect(one.ending).toEqual(other.ending);
});
