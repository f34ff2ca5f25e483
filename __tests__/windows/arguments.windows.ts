import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { liveAz } from '../../lib/az/live.ts';
import { fakeAzInto } from './python.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'azlb-arguments-'));
const says = `
import json, sys
print(json.dumps({"argv": sys.argv[1:], "stdin": sys.stdin.read()}, ensure_ascii=False))
`;
beforeAll(() => fakeAzInto(path.join(folder, 'az'), 'C:\\CLI2', says), 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));

interface Heard {
  readonly argv: readonly string[];
  readonly stdin: string;
}

async function heard(argv: readonly string[], input?: string): Promise<Heard> {
  const machine = { platform: process.platform, env: withPath(path.join(folder, 'az', 'wbin')), cwd: folder };
  const call = await liveAz({ machine }).run(argv, input === undefined ? {} : { input });
  expect(call).toMatchObject({ exitCode: 0, stderr: '' });
  return JSON.parse(call.stdout);
}

function withPath(Path: string): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => name.toUpperCase() !== 'PATH');
  return { ...Object.fromEntries(others), Path };
}

// What cmd, PowerShell, the C library or Python might read as something else.
const hostile = [
  'Prod & "Test" %PATH% ^x\\',
  'a b',
  '',
  ' ',
  '"',
  '""',
  'say "hi"',
  'tail\\',
  'sp ace\\',
  '\\\\server\\share "q"\\\\',
  'a\\\\"b',
  "it's",
  'a&b|c<d>e',
  '%PATH%',
  '^%TEMP^%',
  '!PATH!',
  '$(calc) `calc` $env:PATH',
  '*.json',
  '?',
  '~',
  '(rg)',
  '{"a": "b c", "d": ["\\\\"]}',
  'line\none\r\ntwo',
  '\ttab\t',
  '-g',
  '--help',
  '/?',
  'группа 本番ソ größe é日 🎉',
  'e\u0301 \u00ad\u200b\u202e',
  'x'.repeat(12_000),
];

test('hostile words reach Python as they are', async () => {
  const argv = ['network', 'lb', 'show', ...hostile, ...hostile.map((word) => `--name=${word}`)];
  expect((await heard(argv)).argv).toEqual([...argv, '-o', 'json']);
}, 60_000);

test('a body does too', async () => {
  const input = JSON.stringify(hostile);
  expect((await heard(['rest', '--body=@-'], input)).stdin).toBe(input.replaceAll('\r\n', '\n'));
}, 60_000);

test('whatever they are', async () => {
  const word = fc
    .oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom('"', '\\', ' ', '%', '^', '&', "'", '\n', '\t', 'é', '日', 'a') }),
    )
    .map((text) => text.replaceAll('\0', ''));
  const words = fc.array(word, { minLength: 50, maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(words, async (made) => {
      const argv = made.map((text) => `--x=_${text}`);
      expect((await heard(argv)).argv).toEqual([...argv, '-o', 'json']);
    }),
    { numRuns: 10 },
  );
}, 120_000);
