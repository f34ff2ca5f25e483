import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isComment, lineFor } from '../../lib/shell/shell.ts';
import { pieces, values } from '../shell/values.ts';
import { powershellLine, powershellWords } from '../shell/windows.ts';
import { fakeAzInto } from './python.ts';

// With a blank in its name, as the folder of az's installer.
const folder = path.join(mkdtempSync(path.join(tmpdir(), 'azlb-shells-')), 'Program Files');
const installed = 'C:\\CLI2';

beforeAll(() => {
  mkdirSync(folder);
  fakeAzInto(path.join(folder, 'az'), installed, 'import json, sys\nprint(json.dumps(sys.argv[1:]))\n');
  // In parentheses, as az's installer writes it.
  copyFileSync(path.join(installed, 'wbin', 'az.cmd'), path.join(folder, 'az', 'wbin', 'az.cmd'));
  writeFileSync(path.join(folder, 'says.js'), 'console.log(JSON.stringify(process.argv.slice(2)))');
  // As npm writes it, in short.
  writeFileSync(path.join(folder, 'azlb.cmd'), `@"${process.execPath}" "%~dp0\\says.js" %*\r\n`);
}, 120_000);
afterAll(() => rmSync(path.dirname(folder), { recursive: true, force: true }));

/** What a program is given when a line is typed into cmd. */
function typedIntoCmd(line: string): readonly string[] {
  const others = Object.entries(process.env).filter(([name]) => name.toUpperCase() !== 'PATH');
  const Path = [path.join(folder, 'az', 'wbin'), folder, 'C:\\windows\\system32'].join(';');
  const { stdout, stderr } = spawnSync('cmd.exe', ['/d', '/q', '/s', '/c', `"${line}"`], {
    windowsVerbatimArguments: true,
    encoding: 'utf8',
    env: { ...Object.fromEntries(others), Path },
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

// There is no PowerShell: what it makes of a line is a model, and cmd reads that.
const ways = [
  ['cmd', (line: string) => line],
  ['PowerShell 5.1', (line: string) => powershellLine(powershellWords(line), '5.1')],
  ['PowerShell 7', (line: string) => powershellLine(powershellWords(line), '7')],
] as const;

describe.each(ways)(
  '%s and real batch files',
  (name, handed) => {
    const shell = name === 'cmd' ? 'cmd' : 'powershell';
    const isSure = (word: string): boolean => !isComment(lineFor(shell, ['az', word]));

    test.each(['az', 'azlb'])('every value, by %s.cmd', (program) => {
      const sure = values.map(([value]) => value).filter(isSure);
      expect(sure.length).toBeGreaterThan(25);
      const words = [...sure, ...sure.map((value) => `--name=${value}`).filter(isSure), '-o', 'tsv'];
      expect(typedIntoCmd(handed(lineFor(shell, [program, ...words])))).toEqual(words);
    });

    test('whatever the words are', () => {
      const word = fc.oneof(
        fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join('')),
        fc.string({ unit: 'grapheme', maxLength: 8 }),
      );
      fc.assert(
        fc.property(fc.array(word.filter(isSure), { minLength: 50, maxLength: 200 }), (words) => {
          expect(typedIntoCmd(handed(lineFor(shell, ['az', ...words])))).toEqual(words);
        }),
        { numRuns: 15, endOnFailure: true },
      );
    });
  },
  120_000,
);
