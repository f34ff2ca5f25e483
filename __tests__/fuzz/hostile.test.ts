import { spawnSync } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from '@jest/globals';
import { inShell } from '../../lib/diagnosis/in-shell.ts';
import { diagnosisReport } from '../../lib/report/diagnosis-report.ts';
import { formats, render } from '../../lib/report/render.ts';
import { bashQuoted } from '../../lib/shell/bash.ts';
import { isComment } from '../../lib/shell/shell.ts';
import { everyInvisible } from '../../lib/words/invisible.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { argumentsIn, powershellLine, powershellWords, throughBatchFile } from '../shell/windows.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { diagnosed, worlds } from './bases.ts';
import { calling, texts } from './hostile-names.ts';

const renamed = ['web-nsg', 'web-1-nic', 'web-pool', 'https-probe', 'web-1'] as const;

const acting = /\p{Cc}|##vso\[|##\[/u;

/** Azure's names in each format: nothing in it acts. */
function actingIn(diagnosis: Diagnosis): readonly string[] {
  const report = diagnosisReport(diagnosis, { colour: false, width: 100, verbose: true });
  return formats.filter((format) => {
    const said = render(report, { format }).replaceAll(/[\n\t]/g, '');
    const lines = render(report, { format }).split('\n');
    return acting.test(said) || said.search(everyInvisible) >= 0 || lines.some((line) => /^\s*::\w/.test(line));
  });
}

const style = { colour: false, width: 100, verbose: true } as const;

/** What programs are given when all steps are pasted, and the lines of text that are read otherwise in one shell than in another. */
function inWindows(diagnosis: Diagnosis): readonly unknown[] {
  const steps = (['cmd', 'powershell'] as const).flatMap((shell) =>
    inShell(diagnosis, shell).findings.flatMap(({ fix }) =>
      (fix?.steps ?? []).flatMap(({ argv, command }) => {
        if (argv.length === 0 || command === null || isComment(command)) return [];
        const read = readIn[shell](command);
        return isDeepStrictEqual(read, argv) ? [] : [{ shell, command, argv, read }];
      }),
    ),
  );
  const [cmd, powershell] = (['cmd', 'powershell'] as const).map((shell) =>
    render(diagnosisReport(diagnosis, { ...style, shell }), { format: 'text' })
      .split('\n')
      .flatMap(
        (line) => /^ {2}(?: {2}|(?:\[\d+\])+ )((?:az|azlb|azlb\.cmd) .*|(?:#|rem) Type .*)$/.exec(line)?.[1] ?? [],
      )
      .map((line) => (isComment(line) ? null : readIn[shell](line))),
  );
  const others = (cmd ?? []).flatMap((words, at) => {
    const other = powershell?.[at];
    return words === null || other === null || isDeepStrictEqual(words, other) ? [] : [{ words, other }];
  });
  return [...steps, ...others, ...(cmd?.length === powershell?.length ? [] : [{ cmd, powershell }])];
}

const readIn = {
  cmd: (line: string) => argumentsIn(throughBatchFile(line)),
  powershell: (line: string) =>
    argumentsIn(throughBatchFile(powershellLine(powershellWords(line), '5.1'))).map((word, at) =>
      at === 0 && word === 'azlb.cmd' ? 'azlb' : word,
    ),
} as const;

test('hostile names: nothing acts in any format, and every shell reads every command as it is meant', async () => {
  const wrong: unknown[] = [];
  const commands: { readonly argv: readonly string[]; readonly command: string }[] = [];
  for (const world of ['a denying subnet', 'a machine that is off', 'nobody listens', 'a Reader'].map((each) =>
    worlds[each]?.(),
  )) {
    if (world === undefined) throw new Error('There is no such world');
    for (const text of texts) {
      for (const name of renamed) {
        const diagnosis = await diagnosed(calling(azInMemory(world), name, text), world);
        for (const format of actingIn(diagnosis)) wrong.push({ text, name, format });
        wrong.push(...inWindows(diagnosis));
        for (const { fix } of diagnosis.findings) {
          for (const { argv, command } of fix?.steps ?? []) {
            if (command !== null && argv.length > 0 && !command.startsWith('#')) commands.push({ argv, command });
          }
        }
        for (const { command } of diagnosis.calls) if (command !== null) commands.push({ argv: [], command });
      }
    }
  }
  expect(wrong).toEqual([]);
  const once = [...new Map(commands.map((each) => [each.command, each])).values()];
  // One a subshell, so that none can spoil the next.
  const script = once.map(({ command }) => `(${command}\n)`).join('\n');
  const said =
    'said() { printf \'%s\\0\' "$@"; printf \'\\1\'; }; az() { said az "$@"; }; azlb() { said azlb "$@"; }; kubectl() { said kubectl "$@"; }';
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', `${said}\ntouch() { echo TOUCHED >&2; }\n${script}`], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  expect(stderr).toBe('');
  const read = stdout
    .split('\u0001')
    .slice(0, -1)
    .map((each) => each.split('\0').slice(0, -1));
  expect(read).toHaveLength(once.length);
  expect(once.length).toBeGreaterThan(200);
  for (const [at, { argv, command }] of once.entries()) {
    if (argv.length > 0) expect(read[at]).toEqual(argv);
    else expect(bashQuoted(read[at] ?? [])).toBe(command);
  }
});
