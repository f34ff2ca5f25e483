import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { refuseExisting, writeExpectation } from '../../commands/support/write-expectation.ts';
import { readExpectations } from '../../lib/expect/read.ts';
import { examine } from '../../lib/triage/triage.ts';
import { fakeAz } from '../az/fake-az.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { healthyWorld } from '../world/healthy.ts';

// Each starts a Node of its own.

const folder = mkdtempSync(path.join(tmpdir(), 'azlb-signals-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ours = (file: string): string => JSON.stringify(path.resolve(file));

interface Ended {
  readonly by: string | number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs lines of a program of ours that says `ready` on stdout, and then sends it a signal. */
async function interrupted(name: string, lines: string, signal: NodeJS.Signals): Promise<Ended> {
  const script = path.join(folder, `${name}-${signal}.mts`);
  writeFileSync(script, lines);
  const { CI: _, ...env } = process.env;
  const running = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script], {
    env: { ...env, TERM: 'xterm' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  running.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return await new Promise((resolve) => {
    running.stdout.on('data', (chunk) => {
      const was = stdout;
      stdout += chunk;
      if (!was.includes('ready') && stdout.includes('ready')) running.kill(signal);
    });
    running.once('close', (code, by) => resolve({ by: by ?? code, stdout, stderr }));
  });
}

// What makes a pipe a terminal, as far as a spinner looks.
const terminal = `
for (const name of ['cursorTo', 'moveCursor', 'clearLine']) process.stderr[name] = () => true;
process.stderr.isTTY = true;`;

const asks = (run: string) => `${terminal}
const { withProgress } = await import(${ours('commands/support/progress.ts')});
const { atEnd } = await import(${ours('lib/az/endings.ts')});
const shown = withProgress({ run: () => ${run} }, 'spinner', () => {});
shown.run(['network', 'lb', 'show']).catch(() => {});
setTimeout(() => console.log('ready'), 150);
setInterval(() => {}, 1000);`;

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s', (signal) => {
  test.each([
    ['while nothing of az runs', asks('new Promise(() => {})')],
    [
      'while something of az takes its time to end',
      asks(`new Promise((_, reject) => atEnd({ atOnce: () => {}, gently: async () => {
        await new Promise((ended) => setTimeout(ended, 200));
        reject(new Error('interrupted'));
      } }))`),
    ],
  ])('the cursor is back, and we end by it: %s', async (name, lines) => {
    const ended = await interrupted(name.replaceAll(' ', '-'), lines, signal);
    expect(ended.by).toBe(signal);
    expect(ended.stderr).toContain('\u001b[?25l');
    expect(ended.stderr.lastIndexOf('\u001b[?25h')).toBeGreaterThan(ended.stderr.lastIndexOf('\u001b[?25l'));
  });

  test('one that comes while nothing else can run is not lost', async () => {
    const lines = `
const { atEnd } = await import(${ours('lib/az/endings.ts')});
const forget = atEnd({ atOnce: () => {} });
process.kill(process.pid, '${signal}');
forget();
setTimeout(() => {}, 1500);`;
    expect((await interrupted('busy', lines, signal)).by).toBe(signal);
  });

  test('a recording that is being written is whole, and no draft lies beside it', async () => {
    const place = path.join(folder, `recording-${signal}`);
    const lines = `
const { recording } = await import(${ours('lib/recording/recording.ts')});
const kept = recording({ run: async (argv) => ({ argv, exitCode: 0, stdout: '{}', stderr: '', seconds: 1 }) }, ${JSON.stringify(path.join(place, 'kept'))});
for (let nth = 0; nth < 800; nth += 1) await kept.run(['network', 'lb', 'show', '--name=' + nth]);
await new Promise((written) => process.stdout.write('ready\\n', written));
await kept.save({ schemaVersion: 1, title: '', az: '', recordedAt: '2026-01-02T03:04:05Z' });
console.log('written');
setInterval(() => {}, 1000);`;
    expect((await interrupted('recording', lines, signal)).by).toBe(signal);
    const left = existsSync(place) ? readdirSync(place) : [];
    expect(left.filter((name) => name !== 'kept')).toEqual([]);
    if (left.length > 0) expect(readdirSync(path.join(place, 'kept', 'calls'))).toHaveLength(800);
  });
});

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('a run that records, and %s', (signal) => {
  test('while az runs: nothing is recorded, which is said', async () => {
    const fake = await fakeAz('setInterval(() => {}, 1000);');
    const place = path.join(folder, `cut-${signal}`, 'kept');
    const lines = `
const { run } = await import(${ours('commands/root.ts')});
process.env.PATH = ${JSON.stringify(fake.folder)};
void run(['triage', '-g', 'shop-rg', '-n', 'web-lb', '--record', ${JSON.stringify(place)}]);
const { readFileSync } = await import('node:fs');
const started = setInterval(() => {
  if (!readFileSync(${JSON.stringify(path.join(fake.folder, 'log'))}, 'utf8').includes('begun')) return;
  clearInterval(started);
  console.log('ready');
}, 20);`;
    const { by, stderr } = await interrupted('cut', lines, signal);
    await fake.remove();
    expect(by).toBe(signal);
    expect(existsSync(path.dirname(place))).toBe(false);
    expect(stderr).toContain(`azlb: interrupted, and nothing was recorded in ${place}.\n`);
  });

  test('when all was answered: the recording is whole, which is said', async () => {
    const place = path.join(folder, `whole-${signal}`);
    const lines = `
const { withAz } = await import(${ours('commands/support/with-az.ts')});
const options = { replay: 'recorded-outputs/healthy-public', onlyShowErrors: true, record: ${JSON.stringify(place)} };
await withAz(options, (az) => az.run(['version']), () => {
  process.kill(process.pid, '${signal}');
  return { title: '', az: '', recordedAt: '2026-01-02T03:04:05Z' };
});
setInterval(() => {}, 1000);`;
    const { by, stderr } = await interrupted('whole', lines, signal);
    expect(by).toBe(signal);
    expect(readdirSync(path.join(place, 'calls'))).toHaveLength(1);
    expect(stderr).toContain(`azlb: interrupted, and the recording ${place} is whole.\n`);
  });
});

// 1 would mean that problems were found, and Windows says 1 of whoever is ended by a signal.
test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('on Windows %s ends with %s', async (signal, code) => {
  const lines = `
Object.defineProperty(process, 'platform', { value: 'win32' });
const { atEnd } = await import(${ours('lib/az/endings.ts')});
atEnd({ atOnce: () => {} });
console.log('ready');
setInterval(() => {}, 1000);`;
  expect((await interrupted('on-windows', lines, signal)).by).toBe(code);
});

describe('an expectation file', () => {
  test('of a pipe or a device is refused, and not waited for', async () => {
    const pipe = path.join(folder, 'pipe');
    expect(spawnSync('bash', ['--norc', '-c', `mkfifo '${pipe}'`]).status).toBe(0);
    for (const file of [pipe, '/dev/null', '/dev/zero', folder]) {
      await expect(readExpectations(file)).rejects.toThrow('is no file');
      await expect(refuseExisting(file)).rejects.toThrow('is there already');
    }
  });

  test('that is written is for its owner alone', async () => {
    const world = healthyWorld();
    const web = { kind: 'named', name: 'web-lb', resourceGroup: 'shop-rg', subscription: undefined } as const;
    const { topology } = await examine(azInMemory(world), web, { recordedAt: world.clock });
    const file = path.join(folder, 'azlb.yaml');
    await writeExpectation(file, topology);
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    await expect(writeExpectation(file, topology)).rejects.toThrow('could not be written');
    expect(statSync(file).size).toBeGreaterThan(0);
  });
});
