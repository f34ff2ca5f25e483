import { expect, test } from '@jest/globals';
import { rows } from './rows.ts';
import { wrongOf } from './wrong.ts';

test.each(rows.map((row) => [row.row, row] as const))('%s', async (_, row) => {
  expect(await wrongOf(row)).toEqual([]);
});
