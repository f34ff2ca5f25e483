import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { againstStandIn, logins, type RealAz } from '../real-az/az.ts';
import { deallocated } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { change } from '../world/world.ts';
import { azlb, drive, inWindows, nodeExe, restartIn, run } from './wine.ts';

const group = 'группа-本番ソ-größe';
const tags = { städte: 'Köln, 東京', город: 'Москва' };
const world = change(healthyWorld({ group, tags, members: 2 }), deallocated('web-2'));
// What is to be typed would be of each system's own shell.
const triage = ['triage', '-g', group, '-n', 'web-lb', '-o', 'json', '--shell', 'bash'];

const configuration = mkdtempSync(path.join(tmpdir(), 'azlb-windows-az-'));
let linuxAz: RealAz;
let onLinux: unknown;

const azForWindows = () => ({
  path: 'C:\\CLI2\\wbin',
  env: {
    ...linuxAz.standIn.environment,
    REQUESTS_CA_BUNDLE: inWindows(linuxAz.standIn.environment.REQUESTS_CA_BUNDLE ?? ''),
    AZURE_CONFIG_DIR: inWindows(configuration),
    AZURE_CORE_ONLY_SHOW_ERRORS: '1',
  },
});
// Python for Windows wants a standard input that wine makes of none of Linux's.
const starts = `
const { spawnSync } = require('node:child_process');
const [file, ...words] = process.argv.slice(1);
const { status, stdout, stderr } = spawnSync(file, words, { stdio: ['ignore', 'pipe', 'pipe'] });
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = status;`;
const python = (...words: readonly string[]) =>
  run([nodeExe, '-e', starts, '--', 'C:\\CLI2\\python.exe', ...words], azForWindows());

beforeAll(async () => {
  linuxAz = await againstStandIn('2.91.0', world);
  restartIn('en_US');
  for (const argv of logins(linuxAz.standIn.endpoint)) {
    expect(await python('-X', 'utf8', '-IBm', 'azure.cli', ...argv)).toMatchObject({ exitCode: 0, stderr: '' });
  }
  const bundle = path.join(drive, 'azlb', 'dist', 'azlb.js');
  const { stdout } = await linux([bundle, ...triage]);
  onLinux = comparable(stdout);
}, 300_000);
afterAll(async () => {
  await linuxAz.close();
  rmSync(configuration, { recursive: true });
});

test('on Linux the machine that is off is the cause', () => {
  expect(onLinux).toMatchObject({
    verdict: 'degraded',
    loadBalancer: { resourceGroup: group },
    causes: [expect.stringContaining('member-vm-not-running')],
  });
});

describe.each([
  ['ru_RU', 'cp1251'],
  ['en_US', 'cp1252'],
  ['ja_JP', 'cp932'],
])('where the locale is %s and the code page %s', (locale, codePage) => {
  beforeAll(() => restartIn(locale), 60_000);

  test('a pipe is in that code page, unless Python is told otherwise', async () => {
    const asks = ['-c', 'import sys; print(sys.stdout.encoding)'];
    expect((await python('-I', ...asks)).stdout.trim()).toBe(codePage);
    expect((await python('-X', 'utf8', '-I', ...asks)).stdout.trim()).toBe('utf-8');
  });

  test('triage says the same as on Linux', async () => {
    linuxAz.serve(world);
    const { stdout, stderr, exitCode } = await run([nodeExe, azlb, ...triage], azForWindows());
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 1 });
    expect(comparable(stdout)).toEqual(onLinux);
  }, 400_000);
});

interface Printed {
  readonly collectedAt: string;
  readonly calls: readonly { readonly command: string; readonly seconds: number }[];
}

/** All of it but the time, and calls in the order of their commands: two side by side end in either order. */
function comparable(stdout: string): unknown {
  const { collectedAt: _, calls, ...diagnosis }: Printed = JSON.parse(stdout);
  const timeless = calls.map(({ seconds: _seconds, ...call }) => call);
  return { ...diagnosis, calls: timeless.toSorted((one, other) => (one.command < other.command ? -1 : 1)) };
}

function linux(argv: readonly string[]): Promise<{ readonly stdout: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...argv], { env: { ...linuxAz.environment } }, (_, stdout) => resolve({ stdout }));
  });
}
