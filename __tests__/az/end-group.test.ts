import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { endGroup, endGroupAtOnce } from '../../lib/az/end-group.ts';

// Each starts a Node of its own.

const folder = mkdtempSync(path.join(tmpdir(), 'end-group-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, lines: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
  return file;
}

async function stubborn(): Promise<ChildProcess & { readonly pid: number }> {
  const lines = "process.on('SIGTERM', () => {}); console.log('ready'); setInterval(() => {}, 1000);";
  const child = spawn(process.execPath, ['-e', lines], { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise((ready) => child.stdout.once('data', ready));
  const { pid } = child;
  if (pid === undefined) throw new Error('not started');
  return Object.assign(child, { pid });
}

const ended = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));

const ways: readonly (readonly [string, () => string])[] = [
  ['is missing', () => path.join(folder, 'nowhere.exe')],
  ['is refused', () => program('refused.exe', 'exit 1')],
  ['never ends', () => program('stuck.exe', 'exec sleep 60')],
];

describe.each(ways)('where taskkill %s', (_, taskkill) => {
  test.each([
    ['gently', endGroup],
    ['at once', endGroupAtOnce],
  ])('the process ends all the same: %s', async (_how, end) => {
    const child = await stubborn();
    const begun = performance.now();
    const signal = ended(child);
    await end(child.pid, child, { taskkill: taskkill() });
    expect(await signal).toBe('SIGKILL');
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});

test('taskkill is told to end the tree', async () => {
  const log = path.join(folder, 'log');
  const first = { kill: () => false, unref: () => {} };
  await endGroup(4711, first, { taskkill: program('logs.exe', `echo "$@" > '${log}'`) });
  expect(spawnSync('cat', [log], { encoding: 'utf8' }).stdout).toBe('/PID 4711 /T /F\n');
});

test('a process that nothing ends does not keep us running', async () => {
  const lines = `
import { spawn } from 'node:child_process';
const { endGroup } = await import(${JSON.stringify(pathToFileURL('lib/az/end-group.ts'))});
const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 8000)'], { stdio: 'ignore' });
// Windows refuses to end what runs with higher rights.
await endGroup(child.pid, { kill: () => false, unref: () => child.unref() }, { taskkill: '/nowhere.exe' });
console.log(child.pid);`;
  const script = path.join(folder, 'leaves.mts');
  writeFileSync(script, lines);
  const begun = performance.now();
  const left = spawnSync(process.execPath, ['--import', import.meta.resolve('tsx'), script], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  if (left.stdout !== '') process.kill(Number(left.stdout));
  expect(left.status).toBe(0);
  expect(performance.now() - begun).toBeLessThan(6000);
});
