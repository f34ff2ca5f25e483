import { expect, test } from '@jest/globals';
import { faultKinds } from './faults/index.ts';
import { scoreOf, tell } from './score.ts';

/** How many worlds a test run makes, and where it begins: always the same ones, so that a failure stays. */
const WORLDS = 2000;
const FIRST = 1;

test('what is wrong in a random world is named first, and nothing is named in a healthy one', async () => {
  const { worlds, kinds, failures } = await scoreOf(WORLDS, FIRST);
  expect(worlds).toBe(WORLDS);
  expect([...kinds].sort()).toEqual(faultKinds.map(({ name }) => name).sort());
  expect(failures.map((failure) => tell(failure)).join('\n')).toBe('');
}, 900_000);
