import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bashQuoted, bashWords } from '../../lib/shell/bash.ts';
import { cmdQuotedWord } from '../../lib/shell/cmd.ts';
import { powershellQuotedWord } from '../../lib/shell/powershell.ts';
import { runningIn } from '../../lib/shell/running-in.ts';
import { commentFor, isComment, lineFor, shells } from '../../lib/shell/shell.ts';
import { pieces, values } from './values.ts';
import { argumentsIn, powershellLine, powershellWords, throughBatchFile } from './windows.ts';

const heardFromCmd = (line: string): readonly string[] => argumentsIn(throughBatchFile(line));
const heardFromPowershell = (line: string, version: '5.1' | '7'): readonly string[] =>
  argumentsIn(throughBatchFile(powershellLine(powershellWords(line), version)));

const hostile = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const hostileLists = fc.array(hostile, { minLength: 1, maxLength: 6 });

describe('a value', () => {
  test.each(values)('%j', (value, inCmd, inPowershell) => {
    expect(cmdQuotedWord(value)).toBe(inCmd);
    expect(powershellQuotedWord(value)).toBe(inPowershell);
    const around = (word: string): string => `az ${word} -o tsv`;
    const expected = ['az', value, '-o', 'tsv'];
    if (inCmd !== undefined) expect(heardFromCmd(around(inCmd))).toEqual(expected);
    for (const version of ['5.1', '7'] as const) {
      if (inPowershell !== undefined) expect(heardFromPowershell(around(inPowershell), version)).toEqual(expected);
    }
  });
});

describe('any words reach a program as they are, or are told to be typed by hand', () => {
  const safe = (shell: 'cmd' | 'powershell', word: string): boolean =>
    (shell === 'cmd' ? cmdQuotedWord : powershellQuotedWord)(word) !== undefined;

  test('by cmd and az.cmd', () => {
    fc.assert(
      fc.property(hostileLists, (words) => {
        const line = lineFor('cmd', ['az', ...words]);
        expect(isComment(line)).toBe(!words.every((word) => safe('cmd', word)));
        if (!isComment(line)) expect(heardFromCmd(line)).toEqual(['az', ...words]);
      }),
      { numRuns: 5_000 },
    );
  });

  test.each(['5.1', '7'] as const)('by PowerShell %s, cmd and az.cmd', (version) => {
    fc.assert(
      fc.property(hostileLists, (words) => {
        const line = lineFor('powershell', ['az', ...words]);
        expect(isComment(line)).toBe(!words.every((word) => safe('powershell', word)));
        if (!isComment(line)) expect(heardFromPowershell(line, version)).toEqual(['az', ...words]);
      }),
      { numRuns: 5_000 },
    );
  });

  test('and what is no more than letters, quotes and blanks of a name is never left to the hand', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aB7 _.-()&|<>^"\'’$`!,;=@#{}[]*?~é日') }), (word) => {
        expect(safe('cmd', word) && safe('powershell', word)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('by bash', () => {
    fc.assert(
      fc.property(fc.array(hostileLists, { minLength: 20, maxLength: 20 }), (lists) => {
        const clean = lists.map((words) => words.map((word) => word.replaceAll('\0', '')));
        const lines = (['word', 'readable'] as const).flatMap((form) =>
          clean.map((words) => lineFor('bash', ['printf', '%s\\0', '|', ...words], form)),
        );
        const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', lines.join('\n')], { encoding: 'utf8' });
        const said = clean.map((words) => ['|', ...words].map((word) => `${word}\0`).join('')).join('');
        expect([stdout, stderr]).toEqual([said + said, '']);
      }),
      { numRuns: 10 },
    );
  });

  test('and bash lines are read back', () => {
    fc.assert(
      fc.property(hostileLists, (words) => {
        const line = bashQuoted(words);
        expect(bashWords(line) ?? words).toEqual(words);
        if (!line.includes("$'")) expect(bashWords(line)).toEqual(words);
      }),
      { numRuns: 2_000 },
    );
  });
});

test('azlb is azlb.cmd to PowerShell alone', () => {
  expect(shells.map((shell) => lineFor(shell, ['azlb', 'triage', '--name=web']))).toEqual([
    'azlb triage --name=web',
    'azlb.cmd triage --name=web',
    'azlb triage --name=web',
  ]);
});

test('comments are none that act', () => {
  const told = (text: string) => shells.map((shell) => commentFor(shell, text));
  expect(told('See a & b')).toEqual(['# See a & b', '# See a & b', 'rem See a & b']);
  expect(told('&calc')).toEqual(['# &calc', '# &calc', 'rem - &calc']);
  expect(told('/? x')).toEqual(['# /? x', '# /? x', 'rem - /? x']);
  expect(told('a\nb\u202e')).toEqual(['# a\\u000ab\\u202e', '# a\\u000ab\\u202e', 'rem - a\\u000ab\\u202e']);
});

describe('the shell that azlb runs in', () => {
  const machine =
    'C:\\Program Files\\WindowsPowerShell\\Modules;C:\\WINDOWS\\system32\\WindowsPowerShell\\v1.0\\Modules';
  const sql = 'C:\\Program Files (x86)\\Microsoft SQL Server\\160\\Tools\\PowerShell\\Modules\\';
  const cases: readonly (readonly [string, NodeJS.Platform, Record<string, string>, string])[] = [
    ['Linux', 'linux', {}, 'bash'],
    ['PowerShell on Linux', 'linux', { PSModulePath: '/home/me/.local/share/powershell/Modules' }, 'bash'],
    ['cmd', 'win32', { PSModulePath: machine }, 'cmd'],
    ['cmd beside SQL Server', 'win32', { PSModulePath: `${machine};${sql}` }, 'cmd'],
    ['nothing known', 'win32', {}, 'cmd'],
    [
      'Windows PowerShell',
      'win32',
      { PSModulePath: `C:\\Users\\me\\Documents\\WindowsPowerShell\\Modules;${machine}` },
      'powershell',
    ],
    [
      'PowerShell 7',
      'win32',
      {
        PSModulePath: `C:\\Users\\me\\OneDrive - Contoso\\Dokumente\\PowerShell\\Modules;C:\\Program Files\\PowerShell\\Modules;c:\\program files\\powershell\\7\\Modules;${machine}`,
      },
      'powershell',
    ],
    ['Git Bash', 'win32', { PSModulePath: machine, MSYSTEM: 'MINGW64' }, 'bash'],
  ];
  test.each(cases)('%s', (_, platform, env, shell) => expect(runningIn({ platform, env })).toBe(shell));
});
