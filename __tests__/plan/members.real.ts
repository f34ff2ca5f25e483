import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import type { Plan } from '../../schemas/plan.generated.ts';
import { diagnosed } from '../fixes/property.ts';
import { againstStandIn, type RealAz } from '../real-az/az.ts';
import { notInPool, withoutProbe } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { change, type World } from '../world/world.ts';
import { adding, leaving, web } from './planned.ts';

let az: RealAz;
const folder = mkdtempSync(path.join(tmpdir(), 'azlb-members-'));
beforeAll(async () => {
  az = await againstStandIn('2.91.0');
}, 120_000);
afterAll(async () => {
  await az.close();
  rmSync(folder, { recursive: true });
});

const bash = (line: string): Promise<number> =>
  new Promise((resolve) => {
    const options = { cwd: folder, env: { ...process.env, ...az.environment } };
    execFile('bash', ['-c', line], options, (error) => resolve(error === null ? 0 : Number(error.code ?? 1)));
  });

const nics = () => healthyWorld();
const addresses = () => healthyWorld({ membership: 'ip' });

test.each<readonly [string, () => World, (world: World) => Promise<Plan>, string, number]>([
  ['an interface is drained', nics, (world) => leaving('drain', world, ['web-1']), 'at-risk', 3],
  ['an address is drained', addresses, (world) => leaving('drain', world, ['web-1']), 'at-risk', 3],
  [
    'an instance is drained',
    () => healthyWorld({ membership: 'uniform' }),
    (world) => leaving('drain', world, ['web_1']),
    'at-risk',
    3,
  ],
  [
    'an interface is drained where nothing probes it',
    () => change(nics(), withoutProbe()),
    (world) => leaving('drain', world, ['web-1']),
    'at-risk',
    2,
  ],
  ['an interface is removed', nics, (world) => leaving('remove', world, ['web-1']), 'ok', 2],
  ['an address is removed', addresses, (world) => leaving('remove', world, ['web-1']), 'ok', 2],
  [
    'all instances are removed',
    () => healthyWorld({ membership: 'uniform' }),
    (world) => leaving('remove', world, ['web'], { minHealthy: 0 }),
    'down',
    0,
  ],
  ['a machine is added', () => change(nics(), notInPool('web-3')), (world) => adding(world, ['web-3']), 'ok', 3],
])(
  '%s by the real az as it is printed, and back',
  async (_, build, make, verdict, total) => {
    const world = build();
    const plan = await make(world);
    const lines = (kind: string) =>
      plan.steps.flatMap((step) => (step.kind === kind && step.argv[0] === 'az' ? [step.command] : []));
    az.serve(world);
    for (const line of [...lines('backup'), ...lines('change')]) expect([line, await bash(line)]).toEqual([line, 0]);
    const after = await diagnosed(az.standIn.world, web);
    expect({ verdict: after.verdict, total: after.balancingRules[0]?.members.total }).toEqual({ verdict, total });
    for (const line of lines('undo')) expect([line, await bash(line)]).toEqual([line, 0]);
    const back = await diagnosed(az.standIn.world, web);
    const before = await diagnosed(world, web);
    const members = (each: Diagnosis) => each.members.toSorted((one, other) => (one.key < other.key ? -1 : 1));
    expect([back.verdict, members(back)]).toEqual([before.verdict, members(before)]);
  },
  180_000,
);
