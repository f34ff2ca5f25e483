import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildInto } from '../cli/build.ts';
import { againstStandIn, type RealAz } from '../real-az/az.ts';
import { modelLacksPool, notInPool } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { change } from '../world/world.ts';

// The command with the real az, against the stand-in.
const folder = mkdtempSync(path.join(tmpdir(), 'azlb-diff-real-'));
const minutes = 240_000;
let az: RealAz;

beforeAll(async () => {
  buildInto(path.join(folder, 'dist'));
  az = await againstStandIn('2.91.0');
}, minutes);
afterAll(async () => {
  await az.close();
  rmSync(folder, { recursive: true, force: true });
});

const azlb = (...argv: readonly string[]) =>
  new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((resolve) => {
    const env = { ...az.environment, NO_COLOR: '1' };
    const program = path.join(folder, 'dist/azlb.js');
    execFile(process.execPath, [program, ...argv], { env, cwd: folder }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
const target = ['-g', 'shop-rg', '-n', 'web-lb'] as const;

test(
  'a scale set whose model lacks the pool grows: the new instances are told as missing from it',
  async () => {
    const shape = { membership: 'uniform', clock: new Date().toISOString() } as const;
    az.serve(change(healthyWorld(shape), modelLacksPool()));
    expect(await azlb('snapshot', ...target, '--out', 'before')).toMatchObject({ code: 0, stderr: '' });
    expect(await azlb('diff', 'before', '--live')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('= SAME  Nothing differs.'),
    });
    az.serve(change(healthyWorld({ ...shape, members: 5 }), modelLacksPool(), notInPool('web_4'), notInPool('web_5')));
    const { code, stdout } = await azlb('diff', 'before', '--live', '-o', 'json');
    expect({ code, summary: JSON.parse(stdout).summary }).toEqual({
      code: 1,
      summary: '2 changes, worst high: scale set web: 2 instances exist and are not in web-pool: web_4, web_5.',
    });
  },
  minutes,
);

test(
  'the blue and the green pool differ in who sends to them alone',
  async () => {
    az.serve(
      healthyWorld({
        pools: [{ name: 'blue-pool' }, { name: 'green-pool' }],
        balancingRules: [{ name: 'https', frontendPort: 443, backendPort: 8443, pool: 'blue-pool' }],
      }),
    );
    const pools = ['--left-pool', 'blue-pool', '--right-pool', 'green-pool'];
    const { code, stdout } = await azlb('diff', ...target, ...pools, '-o', 'json');
    const { changes, namedDifferently } = JSON.parse(stdout);
    expect({ code, changes: changes.map(({ field }: { field: string }) => field) }).toEqual({
      code: 1,
      changes: ['behind'],
    });
    expect(namedDifferently).toContainEqual({
      kind: 'member',
      field: 'name',
      left: 'blue-1-nic',
      right: 'green-1-nic',
    });
  },
  minutes,
);
