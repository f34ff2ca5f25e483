import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fault } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { change } from '../world/world.ts';
import { againstStandIn, type RealAz } from './az.ts';

let az: RealAz;
let folder: string;
beforeAll(async () => {
  az = await againstStandIn('2.91.0');
  folder = await mkdtemp(join(tmpdir(), 'azlb-bad-'));
}, 120_000);
afterAll(async () => {
  await az.close();
  await rm(folder, { recursive: true });
});

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

function azlb(argv: readonly string[], environment: Readonly<Record<string, string>> = az.environment): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['dist/azlb.js', ...argv], { env: { ...environment } }, (error, stdout, stderr) => {
      resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

const one = ['triage', '-g', 'shop-rg', '-n', 'web-lb'];

/** A folder for PATH with node and one more program in it. */
async function pathWith(name: string, program: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(path);
  await symlink(process.execPath, join(path, 'node'));
  if (program !== '') {
    await writeFile(join(path, 'az'), program);
    await chmod(join(path, 'az'), 0o755);
  }
  return `${path}:/usr/bin:/bin`;
}

describe('what can go wrong is said, with its exit code and nothing on stdout', () => {
  test.each([
    ['no such load balancer', ['triage', '-g', 'shop-rg', '-n', 'nope-lb'], 3, /nope-lb.*not found/is],
    ['no such group', ['triage', '-g', 'nope-rg', '-n', 'web-lb'], 3, /nope-rg/],
    ['a name with no group, and none in the defaults of az', ['triage', '-n', 'web-lb'], 2, /resource-group/],
    ['a wrong subscription', [...one, '--subscription', 'nope'], 4, /[Ss]ubscription.*nope/],
    ['a value that az would read from a file', ['triage', '-g', '@/etc/hostname', '-n', 'web-lb'], 2, /@/],
    ['an unknown flag', [...one, '--frobnicate'], 2, /frobnicate/],
    ['an impossible name', ['triage', '-g', 'shop-rg', '-n', 'web lb'], 2, /web lb/],
  ])(
    '%s',
    async (_, argv, exitCode, says) => {
      az.serve(healthyWorld());
      const ended = await azlb(argv);
      expect(ended).toMatchObject({ exitCode, stdout: '' });
      expect(ended.stderr).toMatch(says);
    },
    60_000,
  );

  test('logged out', async () => {
    const ended = await azlb(one, { ...az.environment, AZURE_CONFIG_DIR: join(folder, 'logged-out') });
    expect(ended).toMatchObject({ exitCode: 4, stdout: '' });
    expect(ended.stderr).toMatch(/az login/);
  }, 60_000);

  test('az is not installed', async () => {
    const ended = await azlb(one, { ...az.environment, PATH: dirname(join(folder, 'none', 'x')) });
    expect(ended).toMatchObject({ exitCode: 4, stdout: '' });
    expect(ended.stderr).toMatch(/[Ii]nstall the Azure CLI/);
  }, 60_000);

  test('az is broken as in some distributions', async () => {
    const program = '#!/bin/sh\necho "ERROR: No module named \'azure.mgmt.network.v2022_07_01\'" >&2\nexit 1\n';
    const PATH = await pathWith('broken', program);
    const ended = await azlb(one, { ...az.environment, PATH });
    expect(ended).toMatchObject({ exitCode: 4, stdout: '' });
    expect(ended.stderr).toMatch(/Install the Azure CLI again/);
  }, 60_000);

  test('the login is expired', async () => {
    const program =
      '#!/bin/sh\necho "ERROR: AADSTS700082: The refresh token has expired due to inactivity." >&2\nexit 1\n';
    const PATH = await pathWith('expired', program);
    const ended = await azlb(one, { ...az.environment, PATH });
    expect(ended).toMatchObject({ exitCode: 4, stdout: '' });
    expect(ended.stderr).toMatch(/AADSTS700082.*az login/s);
  }, 60_000);

  test.each([
    ['cut off in the middle', '{"id": "/subscriptions/'],
    ['the page of a proxy', '<html><body>Please sign in</body></html>'],
  ])(
    'an answer that is %s, with exit code 0',
    async (name, answer) => {
      const PATH = await pathWith(name.replaceAll(' ', '-'), `#!/bin/sh\nprintf '%s' '${answer}'\n`);
      const ended = await azlb(one, { ...az.environment, PATH });
      expect(ended).toMatchObject({ exitCode: 4, stdout: '' });
      expect(ended.stderr).toMatch(/JSON/);
    },
    60_000,
  );

  test.each([
    ['denied', /denied|authorization|action/i],
    ['html', /JSON|page/],
    ['cut', /./],
    ['server-error', /./],
  ] as const)(
    'the load balancer itself: %s',
    async (kind, says) => {
      az.serve(change(healthyWorld(), fault({ on: /GET .*\/loadBalancers\/web-lb\?/, kind })));
      const ended = await azlb(one);
      expect(ended).toMatchObject({ exitCode: 4, stdout: '' });
      expect(ended.stderr).toMatch(says);
    },
    90_000,
  );
});
