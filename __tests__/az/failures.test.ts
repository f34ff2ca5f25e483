import { describe, expect, test } from '@jest/globals';
import type { Call } from '../../lib/az/call.ts';
import { classify } from '../../lib/az/classify.ts';
import { type AzFailure, failed, sentences } from '../../lib/az/errors.ts';
import { signs } from '../../lib/az/signs.ts';
import { readStderr } from '../../lib/az/stderr.ts';
import { failures } from './failures.ts';

const call = (stderr: string, exitCode = 1): Call => ({
  argv: ['network', 'lb', 'show', '--ids', '/x'],
  exitCode,
  stdout: '',
  stderr,
  seconds: 1,
});

function failureOf(stderr: string, exitCode?: number): AzFailure {
  const failure = classify(call(stderr, exitCode));
  if (!failure) throw new Error('That is an answer.');
  return failure;
}

describe('what is said when az fails', () => {
  test.each(failures.map((failure) => [failure.name, failure] as const))('%s', (_, failure) => {
    const found = failureOf(failure.stderr, failure.exitCode);
    const said = sentences(found);
    expect({ kind: found.kind, said }).toEqual({ kind: failure.kind, said: expect.anything() });
    for (const words of failure.says) expect(said).toContain(words);
    for (const words of failure.never ?? []) expect(said).not.toContain(words);
    // Sentences, on one line, none of them twice; not the traceback's first line, nor "no message" where there is one.
    expect(said).toMatch(/^\S[^\n]*\.$/);
    expect(said).not.toMatch(/Traceback|unexpected error|no message|\.\.$|az login[^.]*\. Run az login\./);
    expect(failed(found).message).toBe(`az network lb show --ids /x: ${said}`);
  });

  test('each failure is another', () => {
    expect(new Set(failures.map(({ name }) => name)).size).toBe(failures.length);
    expect(failures.length).toBeGreaterThan(70);
  });

  test('each sign is there for a failure', () => {
    const read = failures.map(({ stderr }) => readStderr(stderr));
    const unused = signs.filter(
      ({ codes, text }) =>
        !read.some(({ code, errorText }) => (code !== undefined && codes?.test(code)) || text?.test(errorText)),
    );
    // Tried in errors.test.ts.
    expect(unused.map(({ kind }) => kind)).toEqual(['unreadable', 'refused', 'interrupted']);
  });
});
