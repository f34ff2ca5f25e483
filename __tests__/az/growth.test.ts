import { expect, test } from '@jest/globals';
import { readers, units } from './growth.ts';

/** What grew with the square of its length took minutes. */
const bound = 5_000;

function seconds(read: (text: string) => unknown, text: string): number {
  const start = performance.now();
  read(text);
  return performance.now() - start;
}

test.each(Object.entries(readers))('%s takes no longer than its length', (_, read) => {
  for (const unit of units) {
    const length = unit === '#' || unit === '/' ? 1_000_000 : 200_000;
    const text = `${unit.repeat(length / unit.length)}!`;
    expect({ unit, isSlow: seconds(read, text) > bound }).toEqual({ unit, isSlow: false });
  }
});
