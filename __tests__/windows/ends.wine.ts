import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { fakeAzInto } from './python.ts';
import { azlb, drive, environment, nodeExe, run } from './wine.ts';

const folder = mkdtempSync(path.join(drive, 'azlb-ends-'));
const inDrive = `C:\\${path.basename(folder)}`;
const started = path.join(folder, 'started');

// Starts a child which holds the pipes; neither ends, nor hears Ctrl-C.
const hangs = `
import os, signal, subprocess, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
if sys.argv[1:] != ["child"]:
    subprocess.Popen([sys.executable, "-IBm", "azure.cli", "child"])
else:
    open(r"${inDrive}\\started", "w").close()
time.sleep(120)
`;
const how = { path: `${inDrive}\\az\\wbin` };
const triage = ['triage', '-g', 'shop-rg', '-n', 'web-lb'];

beforeAll(() => fakeAzInto(path.join(folder, 'az'), path.join(drive, 'CLI2'), hangs));
beforeEach(() => rmSync(started, { force: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('--timeout ends in time, with az and what it started', async () => {
  const { exitCode, stderr, seconds } = await run([nodeExe, azlb, ...triage, '--timeout', '5'], how);
  expect(exitCode).toBe(4);
  expect(stderr).toContain('Time was up after 5 s.');
  // Node and taskkill take their time to start under wine.
  expect(seconds).toBeLessThan(5 + 4);
  expect(existsSync(started)).toBe(true);
  expect(await left()).toEqual([]);
});

test('Ctrl-C ends with 130, with az and what it started', async () => {
  // A terminal, in which wine makes Ctrl-C of the character 3.
  const command = ['wine', nodeExe, azlb, ...triage].map((word) => `'${word}'`).join(' ');
  const terminal = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    env: { ...environment(how), TERM: 'xterm' },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = new Promise((resolve) => terminal.once('exit', (code, signal) => resolve(code ?? signal)));
  for (let tries = 0; tries < 300 && !existsSync(started); tries += 1) await sleep(100);
  expect(existsSync(started)).toBe(true);
  terminal.stdin.write('\u0003');
  expect(await ended).toBe(130);
  expect(await left()).toEqual([]);
});

/** The processes of that az which run still. */
async function left(): Promise<readonly string[]> {
  let found: readonly string[] = [];
  for (let tries = 0; tries < 20; tries += 1) {
    found = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && commandLine(name).includes('azure.cli'));
    found = found.filter((pid) => commandLine(pid).includes(path.basename(folder)));
    if (found.length === 0) break;
    await sleep(100);
  }
  return found;
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
