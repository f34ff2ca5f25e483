import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import { classify } from '../../lib/az/classify.ts';
import { findAz } from '../../lib/az/find.ts';
import { liveAz } from '../../lib/az/live.ts';
import { type FakeAz, fakeAz, type Start } from './fake-az.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function az(lines: string): Promise<FakeAz> {
  const fake = await fakeAz(lines);
  cleanups.push(fake.remove);
  return fake;
}

async function folder(): Promise<string> {
  const made = await realpath(await mkdtemp(path.join(tmpdir(), 'find-az-')));
  cleanups.push(() => rm(made, { recursive: true, force: true }));
  return made;
}

/** Running: a dead process whose parent is gone too may stay a zombie in a container without an init. */
async function isAlive(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 20; tries += 1) {
    if (isGone(pid)) return false;
    await sleep(25);
  }
  return true;
}

function isGone(pid: number): boolean {
  if (process.platform === 'win32') {
    try {
      return !process.kill(pid, 0);
    } catch {
      return true;
    }
  }
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  return state === '' || state.startsWith('Z');
}

async function childOf(fake: FakeAz): Promise<number> {
  for (let tries = 0; tries < 200; tries += 1) {
    const child = (await fake.starts())[0]?.child;
    if (child !== undefined) return child;
    await sleep(25);
  }
  throw new Error('The fake az started no child.');
}

/** Time for a fake az to start, of which Windows takes more. */
const soon = (seconds: number): number => (process.platform === 'win32' ? seconds * 6 : seconds);
const within = (seconds: number) => ({ seconds, begun: performance.now() });
const answers = `console.log('{"id":"x"}');`;
// Its child ignores SIGTERM, holds the pipes, says so once it does, and neither ends.
const hangs = `
const child = 'process.on("SIGTERM", () => {});' +
  'require("fs").appendFileSync(process.argv[1], JSON.stringify({ pid: process.ppid, child: process.pid }) + require("os").EOL);' +
  'setInterval(() => {}, 1000);';
cp.spawn(process.execPath, ['-e', child, logFile], { stdio: 'inherit' });
setInterval(() => {}, 1000);`;

describe('what az is given', () => {
  test('arguments arrive as they are, with -o json behind them', async () => {
    const fake = await az(answers);
    const argv = [
      'network',
      'lb',
      'show',
      '--resource-group=-rg',
      '--name=a b\n"c" \'d\' $(touch x) `y` %PATH% \\ * ~ é',
      '',
      '--x=a=@b',
    ];
    const call = await liveAz({ machine: fake.machine }).run(argv);
    expect((await fake.starts())[0]?.argv).toEqual([...argv, '-o', 'json']);
    expect(call).toMatchObject({ argv, exitCode: 0, stdout: '{"id":"x"}\n', stderr: '' });
    expect(call.seconds).toBeGreaterThan(0);
  });

  test("the environment is the caller's, made quiet; stdin is empty", async () => {
    const fake = await az(`log({ stdin: fs.readFileSync(0, 'utf8') }); ${answers}`);
    const machine = {
      ...fake.machine,
      env: {
        ...fake.machine.env,
        AZURE_CONFIG_DIR: '/mine',
        AZURE_CORE_ONLY_SHOW_ERRORS: '1',
        AZURE_DEFAULTS_GROUP: 'mine',
      },
    };
    const live = liveAz({ machine });
    await live.run(['account', 'show']);
    await live.run(['rest', '--url=/subscriptions', '--verbose'], { readStderr: true });
    await live.run(['network', 'nic', 'list'], { wholeSubscription: true });
    const [quiet, verbose, whole] = await fake.starts();
    expect(quiet?.env).toMatchObject({
      AZURE_CONFIG_DIR: '/mine',
      AZURE_CORE_NO_COLOR: '1',
      AZURE_CORE_ONLY_SHOW_ERRORS: '1',
      AZURE_EXTENSION_USE_DYNAMIC_INSTALL: 'no',
      AZURE_CORE_SURVEY_MESSAGE: 'no',
      AZURE_CORE_LOGIN_EXPERIENCE_V2: 'off',
      PYTHONSAFEPATH: '1',
      PYTHONUTF8: '1',
      ...(process.platform === 'win32' ? {} : { LC_ALL: 'C' }),
    });
    expect(quiet?.stdin).toBe('');
    expect(verbose?.env).toMatchObject({ AZURE_CORE_ONLY_SHOW_ERRORS: '0' });
    expect([verbose?.env.AZURE_DEFAULTS_GROUP, whole?.env.AZURE_DEFAULTS_GROUP]).toEqual(['mine', '']);
  });

  test('a body goes in on stdin and stays part of the question', async () => {
    const fake = await az(`log({ stdin: fs.readFileSync(0, 'utf8') }); ${answers}`);
    const input = `{"requests":["${'é'.repeat(100_000)}"]}`;
    const call = await liveAz({ machine: fake.machine }).run(['rest', '--method=post', '--url=/batch', '--body=@-'], {
      input,
    });
    expect((await fake.starts())[0]?.stdin).toBe(input);
    expect(call.input).toBe(input);
  });

  test.each([
    [['network', 'lb', 'show', '--name=@/etc/hostname'], undefined],
    [['network', 'lb', 'show', '--ids', '@ids.txt'], undefined],
    [['rest', '--body', '@-'], undefined],
    [['rest', '--body=@secret'], 'input'],
    [['rest', '--url', '@-'], 'input'],
  ])('%j is refused and az not started', async (argv, input) => {
    const fake = await az(answers);
    const run = liveAz({ machine: fake.machine }).run(argv, input === undefined ? {} : { input });
    await expect(run).rejects.toMatchObject({ name: 'AzError', kind: 'refused' });
    expect(await fake.starts()).toEqual([]);
  });
});

describe('what az prints', () => {
  test.each([
    ['a byte order mark', `process.stdout.write('\\ufeff{"a":"é"}')`, '{"a":"é"}'],
    ['no ASCII', `process.stdout.write('{"a":"группа 本番ソ"}')`, '{"a":"группа 本番ソ"}'],
  ])('%s', async (_, lines, stdout) => {
    const fake = await az(lines);
    expect((await liveAz({ machine: fake.machine }).run(['account', 'show'])).stdout).toBe(stdout);
  });

  test('a code page is not guessed', async () => {
    const fake = await az(`process.stdout.write(Buffer.from('{"a":"\\xe9"}', 'latin1'))`);
    const call = await liveAz({ machine: fake.machine }).run(['account', 'show']);
    expect(call).toMatchObject({ exitCode: 1, stdout: '' });
    expect(classify(call)).toMatchObject({ kind: 'unreadable', firstLine: 'The answer is not in UTF-8.' });
  });

  test('an error in one is an error all the same', async () => {
    const fake = await az(
      `process.stderr.write(Buffer.from("ERROR: Resource group '\\xe9' could not be found.", 'latin1')); process.exitCode = 3`,
    );
    const call = await liveAz({ machine: fake.machine }).run(['account', 'show']);
    expect(call).toMatchObject({ exitCode: 3, stderr: "ERROR: Resource group '\ufffd' could not be found." });
  });

  test('an answer that is too large is an error, not a cut one', async () => {
    const fake = await az(`process.stdout.write(JSON.stringify('x'.repeat(300_000)))`);
    const call = await liveAz({ machine: fake.machine, maxBytes: 100_000 }).run(['account', 'show']);
    expect(call).toMatchObject({ exitCode: 1, stdout: '' });
    expect(classify(call)?.kind).toBe('unreadable');
  });

  test('az ended by a signal is a failed call', async () => {
    const fake = await az(`process.kill(process.pid, 'SIGKILL')`);
    const call = await liveAz({ machine: fake.machine }).run(['account', 'show']);
    expect(call.exitCode).toBe(137);
  });

  test('what cannot be started is a broken install', async () => {
    const fake = await az(answers);
    await writeFile(path.join(fake.folder, 'az'), '#!/nowhere/python3\n');
    await expect(liveAz({ machine: fake.machine }).run(['version'])).rejects.toMatchObject({ kind: 'broken-install' });
  });
});

describe('time and signals', () => {
  test('the time limit ends az and what it started', async () => {
    const fake = await az(hangs);
    const call = await liveAz({ machine: fake.machine, secondsPerCall: soon(1) }).run(['account', 'show']);
    expect(call).toMatchObject({ timedOut: true, stdout: '' });
    expect(call.seconds).toBeLessThan(soon(1) + 2);
    expect(await isAlive(await childOf(fake))).toBe(false);
  });

  test('the deadline cuts what runs and what waits', async () => {
    const fake = await az(hangs);
    const live = liveAz({ machine: fake.machine, within: within(soon(0.7)), atOnce: 1 });
    const calls = await Promise.all([live.run(['account', 'show']), live.run(['network', 'lb', 'list'])]);
    expect(calls.map(({ timedOut }) => timedOut)).toEqual([true, true]);
    expect(await fake.starts()).toHaveLength(1);
  });

  test('an abort that is no time-out interrupts', async () => {
    const fake = await az(hangs);
    const stop = new AbortController();
    const run = liveAz({ machine: fake.machine, signal: stop.signal }).run(['account', 'show']);
    const child = await childOf(fake);
    stop.abort();
    await expect(run).rejects.toMatchObject({ kind: 'interrupted' });
    expect(await isAlive(child)).toBe(false);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s leaves no process and ends us by that signal',
    async (signal) => {
      const fake = await az(hangs);
      const script = path.join(fake.folder, 'ask.mts');
      const live = path.resolve('lib/az/live.ts');
      await writeFile(
        script,
        `import { liveAz } from ${JSON.stringify(pathToFileURL(live))};\nawait liveAz().run(['account', 'show']).catch(() => {});\nsetInterval(() => {}, 1000);\n`,
      );
      const asking = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script], {
        env: { ...process.env, PATH: fake.folder },
        stdio: 'inherit',
      });
      cleanups.push(async () => asking.kill('SIGKILL'));
      const ended = new Promise((resolve) => asking.once('exit', (code, by) => resolve(by ?? code)));
      const child = await childOf(fake);
      asking.kill(signal);
      expect(await ended).toBe(signal);
      expect(await isAlive(child)).toBe(false);
    },
  );
});

describe('side by side', () => {
  const overlap = (starts: readonly Start[]) =>
    Math.max(
      ...starts.map(
        ({ begun }) =>
          starts.filter((other) => other.begun <= begun && begun < (other.ended ?? Number.POSITIVE_INFINITY)).length,
      ),
    );

  test('the first that wants a token runs alone, then no more than allowed', async () => {
    // Each but the first waits until another one began after it, or is the last: however slow the machine is.
    const fake = await az(`
      const begun = () => fs.readFileSync(logFile, 'utf8').split('\\n').filter((line) => line.includes('"begun"')).length;
      const end = () => (nth === 0 || begun() > nth + 1 || nth === 4 ? console.log('{}') : setTimeout(end, 20));
      setTimeout(end, 50)`);
    const live = liveAz({ machine: fake.machine, atOnce: 2 });
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => live.run(['network', 'lb', 'show', `--name=${name}`])));
    const starts = await fake.starts();
    const first = starts.find(({ argv }) => argv.includes('--name=a'));
    expect(starts.every((other) => other === first || other.begun >= (first?.ended ?? Number.POSITIVE_INFINITY))).toBe(
      true,
    );
    expect(overlap(starts)).toBe(2);
  });

  test('a token collision is tried once more, alone', async () => {
    const fake = await az(`
      const collides = argv.includes('--name=b') && !fs.existsSync(__dirname + '/collided');
      if (collides) fs.writeFileSync(__dirname + '/collided', '');
      setTimeout(() => {
        if (collides) { console.error("ERROR: User 'me' does not exist in MSAL token cache. Run \`az login\`."); process.exitCode = 1; }
        else console.log('{}');
      }, collides ? 0 : 200)`);
    const live = liveAz({ machine: fake.machine, atOnce: 3 });
    const calls = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => live.run(['network', 'lb', 'show', `--name=${name}`])),
    );
    expect(calls.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
    const starts = await fake.starts();
    const again = starts.filter(({ argv }) => argv.includes('--name=b'))[1];
    expect(starts).toHaveLength(5);
    expect(
      starts.filter(
        (other) => other !== again && other.begun < (again?.ended ?? 0) && (other.ended ?? 0) > (again?.begun ?? 0),
      ),
    ).toEqual([]);
  });

  test('a token that is really gone is not asked for again and again', async () => {
    const fake = await az(
      `console.error("ERROR: User 'me' does not exist in MSAL token cache. Run \`az login\`."); process.exitCode = 1`,
    );
    const live = liveAz({ machine: fake.machine, atOnce: 1 });
    expect((await live.run(['network', 'lb', 'list'])).exitCode).toBe(1);
    expect((await live.run(['network', 'lb', 'list'])).exitCode).toBe(1);
    expect(await fake.starts()).toHaveLength(3);
  });

  test('progress is told at the start and the end of each process', async () => {
    const fake = await az(answers);
    const told: string[] = [];
    const live = liveAz({
      machine: fake.machine,
      onStart: (argv) => told.push(`start ${argv.join(' ')}`),
      onEnd: (call) => told.push(`end ${call.argv.join(' ')} ${call.exitCode}`),
    });
    await live.run(['account', 'show']);
    expect(told).toEqual(['start account show', 'end account show 0']);
  });
});

describe('throttled', () => {
  const twice429 = (verbose: string) => `
    if (nth < 1) { console.error(${JSON.stringify(verbose)} + 'ERROR: Too Many Requests({"error":{"code":"TooManyRequests","message":"slow down"}})'); process.exitCode = 1; }
    else console.log('{"value":[]}');`;
  const headers = (seconds: number) =>
    `INFO: Response status: 429\nINFO: Response headers:\nINFO:     'Retry-After': '${seconds}'\nINFO: Response content:\n`;

  test('az rest waits as long as Azure says, then asks again', async () => {
    const fake = await az(twice429(headers(1)));
    const call = await liveAz({ machine: fake.machine }).run(['rest', '--url=/subscriptions', '--verbose'], {
      readStderr: true,
    });
    expect(call.exitCode).toBe(0);
    const [first, second] = await fake.starts();
    expect((second?.begun ?? 0) - (first?.ended ?? 0)).toBeGreaterThan(950);
  });

  test.each([
    ['a wait beyond the time limit', () => ({ secondsPerCall: 20 }), headers(30)],
    ['the deadline', () => ({ within: within(soon(1.5)) }), headers(30)],
  ])('%s gives the 429 back', async (_, options, verbose) => {
    const fake = await az(twice429(verbose));
    const call = await liveAz({ machine: fake.machine, ...options() }).run(
      ['rest', '--url=/subscriptions', '--verbose'],
      { readStderr: true },
    );
    expect(classify(call)).toMatchObject({ kind: 'throttled', retryAfter: 30 });
    expect(await fake.starts()).toHaveLength(1);
  });

  test('az network sleeps by itself, so it is not asked again', async () => {
    const fake = await az(twice429(''));
    expect((await liveAz({ machine: fake.machine }).run(['network', 'lb', 'list'])).exitCode).toBe(1);
    expect(await fake.starts()).toHaveLength(1);
  });
});

describe('finding az', () => {
  const executable = async (file: string) => {
    await writeFile(file, '#!/bin/sh\n');
    await chmod(file, 0o755);
  };

  test('absolute folders of PATH only, in order, executable files only', async () => {
    const root = await folder();
    for (const name of ['here', 'plain', 'good', 'later', 'dir/az'])
      await mkdir(path.join(root, name), { recursive: true });
    await writeFile(path.join(root, 'plain', 'az'), '');
    for (const name of ['here', 'good', 'later']) await executable(path.join(root, name, 'az'));
    const inFolders = (...names: string[]) => names.join(':');
    const cwd = path.join(root, 'here');
    const find = (PATH: string) => findAz({ platform: 'linux', env: { PATH }, cwd });
    const full = (name: string) => path.join(root, name);
    expect(await find(inFolders('', '.', 'here', full('dir'), full('plain'), full('good'), full('later')))).toEqual({
      file: path.join(root, 'good', 'az'),
      args: [],
    });
    await expect(find(inFolders('', '.', '..', '../here'))).rejects.toMatchObject({ kind: 'not-installed' });
    await expect(find(`${full('here')}/`)).rejects.toThrow('current folder');
    await expect(findAz({ platform: 'linux', env: {}, cwd })).rejects.toMatchObject({ kind: 'not-installed' });
  });
});

describe('what az leaves behind', () => {
  test('a process that keeps the pipes open costs neither the answer nor the time, and is ended', async () => {
    const fake = await az(`
      const child = cp.spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      log({ child: child.pid });
      console.log(JSON.stringify({ id: 'x'.repeat(200_000) }));
      process.stdout.write('', () => process.exit(0));`);
    const call = await liveAz({ machine: fake.machine, secondsPerCall: 30 }).run(['account', 'show']);
    expect(call).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(call.stdout).id).toHaveLength(200_000);
    expect(call.seconds).toBeLessThan(10);
    expect(await isAlive(await childOf(fake))).toBe(false);
  });
});

describe('all time is up', () => {
  test('what was to be waited for is not waited for', async () => {
    const fake = await az(answers);
    const live = liveAz({ machine: fake.machine, within: within(0.3) });
    const call = await live.run(['rest', '--method=get', '--url=/subscriptions/x'], { afterSeconds: 60 });
    expect(call).toMatchObject({ timeUp: 0.3, timedOut: true, seconds: 0 });
    expect(await fake.starts()).toEqual([]);
  });

  test('its reason is another than that of one az that hangs', async () => {
    const fake = await az(hangs);
    const call = await liveAz({ machine: fake.machine, within: within(0.7) }).run(['account', 'show']);
    expect(classify(call)).toMatchObject({ kind: 'time-up', firstLine: 'Time was up after 0.7 s.' });
    const hung = await liveAz({ machine: fake.machine, secondsPerCall: 0.7, within: within(60) }).run(['version']);
    expect(classify(hung)).toMatchObject({ kind: 'timed-out' });
  });
});
