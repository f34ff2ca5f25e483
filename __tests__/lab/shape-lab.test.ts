import { expect, test } from '@jest/globals';
import { tell } from './score.ts';
import { shapeScoreOf } from './shape-score.ts';

/** Each shape so many times. */
const ROUNDS = 30;

test('what is wrong in what people run is named, and nothing is named where it is well', async () => {
  const { failures, placed } = await shapeScoreOf(20 * ROUNDS, 1);
  expect(placed.size).toBe(20);
  expect(Math.min(...placed.values())).toBeGreaterThan(ROUNDS / 3);
  expect(failures.map((failure) => tell(failure)).join('\n')).toBe('');
}, 300_000);
