import { expect, test } from '@jest/globals';
import { tried } from './tried.ts';
import { worlds } from './worlds.ts';

/** `npm run removal` tries all of them. */
const sample = ['a Global one: nobody answers', 'reader-rights-without-metrics', 'unhealthy-member-generic-probe'];

test.each(sample)(
  'an answer that lacks something never gives a better verdict: %s',
  async (name) => {
    const world = worlds.find(([each]) => each === name)?.[1];
    if (world === undefined) throw new Error(`There is no world ${name}`);
    const { answers, harms, better } = await tried(name, world(), { only: (at) => at % 29 === 0 });
    expect(answers).toBeGreaterThan(4);
    expect(harms).toBeGreaterThan(20);
    expect(better).toEqual([]);
  },
  120_000,
);
