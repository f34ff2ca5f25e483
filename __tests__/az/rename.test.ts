import { expect, test } from '@jest/globals';
import { renameFresh } from '../../lib/recording/rename.ts';

/** Fails with these codes, one a try, then succeeds. */
function system(codes: readonly string[], isWindows = true) {
  const told = { tries: 0, waited: 0 };
  return {
    told,
    isWindows,
    rename: () => {
      const code = codes[told.tries];
      told.tries += 1;
      if (code !== undefined) throw Object.assign(new Error(`${code}: rename`), { code });
    },
    wait: (milliseconds: number) => {
      told.waited += milliseconds;
    },
  };
}

function nothing(): void {}

test.each(['EPERM', 'EACCES', 'EBUSY'])('%s passes on Windows when the scanner is done', (code) => {
  const windows = system([code, code, code]);
  renameFresh('draft', 'kept', nothing, windows);
  expect(windows.told).toEqual({ tries: 4, waited: 170 });
});

test('it is not tried for ever', () => {
  const windows = system(Array.from({ length: 99 }, () => 'EPERM'));
  expect(() => renameFresh('draft', 'kept', nothing, windows)).toThrow('EPERM');
  expect(windows.told.waited).toBeLessThan(2000);
});

test.each([
  ['another failure', system(['EXDEV'])],
  ['another system', system(['EACCES'], false)],
])('%s is told at once', (_, other) => {
  expect(() => renameFresh('draft', 'kept', nothing, other)).toThrow(': rename');
  expect(other.told).toEqual({ tries: 1, waited: 0 });
});

test('what came to its place meanwhile stays', () => {
  const windows = system(['EBUSY']);
  let looks = 0;
  const look = (): void => {
    looks += 1;
    if (looks === 2) throw new Error('it is there already');
  };
  expect(() => renameFresh('draft', 'kept', look, windows)).toThrow('there already');
  expect(windows.told.tries).toBe(1);
});
