import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { planScript } from '../../lib/report/plan-script.ts';
import type { Plan, PlannedStepAnswer } from '../../schemas/plan.generated.ts';

type Kind = PlannedStepAnswer['kind'];

const step = (id: string, argv: readonly string[], more: Partial<PlannedStepAnswer> = {}): PlannedStepAnswer => ({
  id,
  kind: id.split('-')[0] as Kind,
  title: `The title of ${id}`,
  argv,
  command: argv.join(' '),
  shell: 'bash',
  disruptive: null,
  affects: [],
  undoes: null,
  file: null,
  etag: null,
  ...more,
});

const get = ['az', 'rest', '--method=get', '--url=/lb'];
const plan: Plan = {
  schemaVersion: 1,
  azlb: '0.0.0',
  collectedAt: '2026-07-01T09:30:00.000Z',
  kind: 'fix',
  loadBalancer: null,
  refused: null,
  capacity: { before: [], during: [] },
  unread: [],
  steps: [
    step('look-1', ['az', 'look']),
    step('backup-1', [...get, '--output-file=lb.json'], { file: 'lb.json', etag: 'W/"1"' }),
    step('look-2', [...get, '--query=etag', '--output=tsv']),
    step('change-1', ['az', 'change', 'one'], { disruptive: 'Cuts flows.' }),
    step('change-2', ['az', 'change', 'two']),
    step('check-1', ['azlb', 'wait']),
    step('undo-1', ['az', 'back', 'two'], { undoes: 'change-2' }),
    step('undo-2', ['az', 'back', 'one'], { undoes: 'change-1' }),
  ],
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'azlb-script-'));
  const fake = (name: string) => {
    const file = path.join(folder, 'bin', name);
    writeFileSync(
      file,
      `#!/bin/bash
cd ${folder}
[ "$*" = "rest --method=get --url=/lb --query=etag --output=tsv" ] && { cat etag; exit 0; }
echo "${name} $*" >>ran
case "$*" in change*|back*) echo "W/\\"$RANDOM\\"" >etag ;; esac
case "${name} $*" in "$FAILS") exit 1 ;; "$STOPS") kill -INT $PPID; exit 1 ;; "$KILLS") kill -KILL $PPID ;; esac
echo "{}"
`,
    );
    chmodSync(file, 0o755);
  };
  spawnSync('mkdir', [path.join(folder, 'bin')]);
  for (const name of ['az', 'azlb']) fake(name);
  writeFileSync(path.join(folder, 'etag'), 'W/"1"\n');
  writeFileSync(path.join(folder, 'fix.sh'), planScript(plan));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly said: string;
  /** What az and azlb were run with in this run, apart from looks at etags. */
  readonly ran: readonly string[];
}

const ranSoFar = (): readonly string[] =>
  existsSync(path.join(folder, 'ran')) ? readFileSync(path.join(folder, 'ran'), 'utf8').trim().split('\n') : [];

/** `answers` are typed on a terminal; without them there is none. */
function run(args: readonly string[], { answers, env = {} }: { answers?: string; env?: Record<string, string> } = {}) {
  const before = ranSoFar().length;
  const PATH = `${path.join(folder, 'bin')}:/usr/bin:/bin`;
  const command = ['bash', path.join(folder, 'fix.sh'), ...args];
  const [file = '', ...rest] =
    answers === undefined ? command : ['script', '-qec', command.map((word) => `'${word}'`).join(' '), '/dev/null'];
  const { status, stdout, stderr } = spawnSync(file, rest, {
    env: { PATH, TERM: 'dumb', FAILS: '-', STOPS: '-', KILLS: '-', ...env },
    encoding: 'utf8',
    input: answers ?? '',
  });
  return { code: status, said: stdout + stderr, ran: ranSoFar().slice(before) } satisfies Ended;
}

const log = (): string => readFileSync(path.join(folder, 'fix.sh.log'), 'utf8');
const all = ['az look', 'az rest --method=get --url=/lb', 'az change one', 'az change two', 'azlb wait'];

test('it is bash that parses, and keeps what a title holds from acting', () => {
  const hostile = { ...plan, steps: [step('look-1', ['az', 'look'], { title: "$(touch x) `y` 'z' \n; rm -rf /" })] };
  writeFileSync(path.join(folder, 'fix.sh'), planScript(hostile));
  expect(run(['--yes'])).toMatchObject({ code: 0, ran: ['az look'] });
  expect(existsSync(path.join(folder, 'x'))).toBe(false);
});

test('with --yes all of it, in order, and taken back in the opposite one', () => {
  expect(run(['--yes'])).toMatchObject({ code: 0, ran: all });
  expect(existsSync(path.join(folder, 'lb.json'))).toBe(true);
  expect(run(['--undo', '--yes'])).toMatchObject({ code: 0, ran: ['az back two', 'az back one'] });
  expect(run(['--undo', '--yes'])).toMatchObject({ code: 0, ran: [] });
});

test('without a terminal nothing is changed', () => {
  const { code, ran, said } = run([]);
  expect(code).toBe(1);
  expect(ran).toEqual(all.slice(0, 2));
  expect(said).toContain('There is no terminal to ask on');
});

test('each change is asked for; no ends it there, and says how to go on', () => {
  const { code, ran, said } = run([], { answers: 'y\nn\n' });
  expect({ code, ran }).toEqual({ code: 1, ran: all.slice(0, 3) });
  expect(said).toContain('DISRUPTIVE: Cuts flows.');
  expect(said).toContain('To go on: bash fix.sh --from change-2');
  expect(run(['--from', 'change-2', '--yes'])).toMatchObject({ code: 0, ran: all.slice(3) });
});

test('what was begun is gone on with or taken back, not begun again', () => {
  run(['--yes']);
  const again = run(['--yes']);
  expect(again).toMatchObject({ code: 1, ran: [] });
  expect(again.said).toContain('Go on with --from STEP, or take back with --undo');
});

test('somebody else wrote it since it was read', () => {
  writeFileSync(path.join(folder, 'etag'), 'W/"2"\n');
  const { code, ran, said } = run(['--yes']);
  expect({ code, ran }).toEqual({ code: 1, ran: all.slice(0, 2) });
  expect(said).toContain('Somebody else changed what this plan writes');
});

test('somebody else wrote it between two steps', () => {
  run([], { answers: 'y\nn\n' });
  writeFileSync(path.join(folder, 'etag'), 'W/"other"\n');
  expect(run(['--from=change-2', '--yes'])).toMatchObject({ code: 1, ran: [] });
});

test('a program that is missing, before anything is done', () => {
  rmSync(path.join(folder, 'bin', 'azlb'));
  expect(run(['--yes'])).toMatchObject({ code: 1, ran: [] });
});

test.each([['--from', 'nowhere'], ['--frm'], ['--from=change-1', '--undo']])('%s is misuse', (...args) =>
  expect(run([...args, '--yes']).code).toBe(2),
);

describe.each(['az look', 'az rest --method=get --url=/lb', 'az change one', 'az change two', 'azlb wait'])(
  'stopped in %s',
  (at) => {
    const index = all.indexOf(at);
    const id = ['look-1', 'backup-1', 'change-1', 'change-2', 'check-1'][index] ?? '';
    const isChange = id.startsWith('change');

    test.each([
      ['it fails', 'FAILS', 1],
      ['Ctrl-C', 'STOPS', null],
      ['killed', 'KILLS', null],
    ])('%s: nothing later is run, and it can be gone on with', (_, how, code) => {
      const stopped = run(['--yes'], { env: { [how]: at } });
      expect(stopped.ran).toEqual(all.slice(0, index + 1));
      if (code !== null) expect(stopped.code).toBe(code);
      if (how !== 'KILLS') expect(stopped.said).toContain(`--from ${id}`);
      // Whether a change that was not seen to end is what changed it, a person says.
      const resumed = run(['--from', id, ...(isChange ? [] : ['--yes'])], isChange ? { answers: 'y\ny\ny\ny\n' } : {});
      expect(resumed).toMatchObject({ code: 0, ran: all.slice(index) });
    });

    test('and taken back: all that was done, nothing else', () => {
      run(['--yes'], { env: { FAILS: at } });
      const back = run(['--undo'], { answers: 'y\ny\ny\ny\n' });
      const done = { 'change-1': ['az back one'], 'change-2': ['az back two', 'az back one'] }[id];
      const expected = id === 'check-1' ? ['az back two', 'az back one'] : (done ?? []);
      expect(back.ran).toEqual(expected);
      if (index > 0)
        expect(
          log()
            .split('\n')
            .filter((line) => / done /.test(line)).length,
        ).toBeLessThanOrEqual(2);
    });
  },
);

test('of what was not seen to end nothing is taken back unasked', () => {
  run(['--yes'], { env: { FAILS: 'az change two' } });
  expect(run(['--undo', '--yes']).ran).toEqual([]);
});
