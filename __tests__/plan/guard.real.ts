import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { guardedPlan } from '../../commands/support/guarded-plan.ts';
import type { Az } from '../../lib/az/call.ts';
import { planFix } from '../../lib/plan/fix.ts';
import { recording } from '../../lib/recording/recording.ts';
import { replayAz } from '../../lib/recording/replay.ts';
import { examine } from '../../lib/triage/triage.ts';
import type { Plan } from '../../schemas/plan.generated.ts';
import { againstStandIn, type RealAz } from '../real-az/az.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { allowed, deniedByStack, locked, set, subnetDenies } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { change, type World, withoutResource } from '../world/world.ts';

let az: RealAz;
beforeAll(async () => {
  az = await againstStandIn('2.91.0');
}, 120_000);
afterAll(() => az.close());

async function planned(by: Az, { clock }: World): Promise<Plan> {
  const target = { kind: 'named', name: 'web-lb', resourceGroup: 'shop-rg', subscription: undefined } as const;
  const examined = await examine(by, target, { recordedAt: clock });
  return guardedPlan(by, planFix(examined, []), examined);
}

const bash = (line: string): Promise<{ readonly code: number; readonly said: string }> =>
  new Promise((resolve) => {
    execFile('bash', ['-c', line], { env: { ...az.environment } }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), said: stdout + stderr }),
    );
  });

const denied = (...changes: Parameters<typeof change>[1][]): World =>
  change(healthyWorld(), subnetDenies({ source: 'AzureLoadBalancer', priority: 200 }), ...changes);

const guarded = () =>
  denied(
    locked('group:shop-rg', 'CanNotDelete'),
    allowed('group:shop-rg', ['*/read']),
    deniedByStack('group:shop-rg', 'shop', ['*/write']),
    set('web-nsg', 'tags', { 'managed-by': 'terraform' }),
  );

test('a plan is guarded the same by the real az', async () => {
  const world = guarded();
  az.serve(world);
  const plan = await planned(az, world);
  expect(plan.steps.map(({ title }) => title)).toEqual(
    (await planned(azInMemory(world), world)).steps.map(({ title }) => title),
  );
  expect(plan.unread).toEqual([]);
  expect(
    plan.steps.filter(({ title }) => /^(Before you begin|You have no right|deployment stack|Terraform)/.test(title))
      .length,
  ).toBe(5);
}, 120_000);

test('its answers can be recorded, and the plan made of them again', async () => {
  const world = guarded();
  az.serve(world);
  const folder = mkdtempSync(join(tmpdir(), 'azlb-guard-'));
  try {
    const keeping = recording(az, join(folder, 'case'));
    const plan = await planned(keeping, world);
    await keeping.save({
      schemaVersion: 1,
      title: 'a guarded plan',
      az: '2.91.0',
      azlb: plan.azlb,
      recordedAt: world.clock,
      target: {
        id: plan.loadBalancer?.id ?? '',
        resourceGroup: 'shop-rg',
        name: 'web-lb',
        subscriptionId: world.subscription,
      },
    });
    expect(await planned(await replayAz(join(folder, 'case')), world)).toEqual(plan);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 120_000);

test('Azure refuses the way back that the plan says it would, and takes it without the lock', async () => {
  const world = denied(locked('web-nsg', 'CanNotDelete'));
  az.serve(world);
  const plan = await planned(az, world);
  const of = (kind: string) => plan.steps.find((step) => step.kind === kind && step.argv.length > 0);
  expect(await bash(of('change')?.command ?? '')).toMatchObject({ code: 0 });
  expect(of('undo')?.title).toContain('refused while lock keep (CanNotDelete) on web-nsg is there');
  expect(await bash(of('undo')?.command ?? '')).toMatchObject({
    code: 1,
    said: expect.stringContaining('ScopeLocked'),
  });
  const lock = [...az.standIn.world.resources.values()].find(({ type }) => type.endsWith('/locks'));
  az.serve(withoutResource(az.standIn.world, lock?.id ?? ''));
  expect(await bash(of('undo')?.command ?? '')).toMatchObject({ code: 0 });
}, 120_000);

test('Azure refuses what a plan refuses', async () => {
  const world = denied();
  const free = await planned(azInMemory(world), world);
  const change1 = free.steps.find(({ kind }) => kind === 'change')?.command ?? '';
  const frozen = denied(locked('subscription', 'ReadOnly', 'freeze'));
  az.serve(frozen);
  expect((await planned(az, frozen)).refused?.because).toContain('lock freeze (ReadOnly) on the subscription');
  expect(await bash(change1)).toMatchObject({ code: 1, said: expect.stringContaining('ScopeLocked') });
}, 120_000);
