import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

// With autocrlf a checkout on Windows would differ from what is generated, formatted and recorded.
test('every file is kept, and checked out, with LF', () => {
  const { status, stdout } = spawnSync('git', ['ls-files', '--eol'], { encoding: 'utf8' });
  expect(status).toBe(0);
  const files = stdout.split('\n').filter(Boolean);
  expect(files.length).toBeGreaterThan(500);
  // What is no text is not touched by git, and has no line ends.
  expect(files.filter((line) => !/^i\/(lf|none|-text)\s.*\sattr\/text=auto eol=lf\s/.test(line))).toEqual([]);
});
