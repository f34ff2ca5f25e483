import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { planFix } from '../../lib/plan/fix.ts';
import { planExitCode } from '../../lib/plan/plan.ts';
import { toldPlan } from '../../lib/plan/told.ts';
import { examine } from '../../lib/triage/triage.ts';
import type { Plan } from '../../schemas/plan.generated.ts';
import planSchema from '../../schemas/plan.schema.json' with { type: 'json' };
import { staysBecause } from '../fixes/left-out.ts';
import type { Target } from '../fixes/property.ts';
import { trialOf } from '../lab/trial.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { deallocated, subnetDenies } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { change, type World } from '../world/world.ts';
import { runPlan } from './run-plan.ts';

const promised = new Ajv().compile(planSchema);
const web: Target = { name: 'web-lb', group: 'shop-rg' };
const kinds = ['look', 'backup', 'change', 'check', 'undo'];

async function planned(world: World, { name, group }: Target = web, wanted: readonly string[] = []): Promise<Plan> {
  const target = { kind: 'named', name, resourceGroup: group, subscription: undefined } as const;
  const examined = await examine(azInMemory(world), target, { recordedAt: world.clock });
  const plan = toldPlan(planFix(examined, wanted), examined.topology.loadBalancer, world.clock, 'bash');
  expect(promised(plan) ? [] : promised.errors).toEqual([]);
  return plan;
}

const titles = (plan: Plan, kind: string): readonly string[] =>
  plan.steps.flatMap((step) => (step.kind === kind ? [step.title] : []));

test('nothing to do where nothing is wrong', async () => {
  const plan = await planned(healthyWorld());
  expect(plan.steps).toEqual([]);
  expect(planExitCode(plan)).toBe(1);
});

test('nothing to do is not said where not all was read', async () => {
  const world = { ...healthyWorld(), faults: [{ on: /health|metrics/, kind: 'denied' as const }] };
  const plan = await planned(world);
  expect(plan.steps).toEqual([]);
  expect(plan.unread.length).toBeGreaterThan(0);
  expect(planExitCode(plan)).toBe(5);
});

describe('two causes make one plan', () => {
  const world = () =>
    change(healthyWorld(), deallocated('web-1'), subnetDenies({ source: 'AzureLoadBalancer', priority: 200 }));

  test('looked at, saved, changed, checked, taken back, in this order', async () => {
    const plan = await planned(world());
    const order = plan.steps.map(({ kind }) => kinds.indexOf(kind));
    const changes = order.indexOf(2);
    expect(changes).toBeGreaterThan(0);
    expect(order.slice(changes)).toEqual([...order.slice(changes)].sort());
    expect(titles(plan, 'change').length).toBeGreaterThan(1);
    expect(titles(plan, 'check')[0]).toMatch(/^Wait until 3 are up/);
    expect(new Set(plan.steps.map(({ id }) => id)).size).toBe(plan.steps.length);
  });

  test('what is written was not written by anybody else since', async () => {
    const plan = await planned(world());
    expect(titles(plan, 'look').filter((title) => title.startsWith('Go on only where this prints W/'))).toHaveLength(1);
  });

  test('one of them alone, by its rule', async () => {
    const plan = await planned(world(), web, ['member-vm-not-running']);
    expect(titles(plan, 'change')).toEqual(['Start web-1 (billed again from then on)']);
  });
});

/** So many of the lab's worlds at each test. */
const WORLDS = 200;

test('run as it is printed, a plan mends all that it is of, makes nothing worse, and leads back', async () => {
  const wrong: string[] = [];
  let [mended, undone] = [0, 0];
  for (let seed = 1; seed <= WORLDS; seed += 1) {
    const { world, scene, rights, injections, visible } = trialOf(seed);
    if (rights !== undefined) continue;
    const plan = await planned(world, scene.target);
    if (!plan.steps.some(({ kind, argv }) => kind === 'change' && argv.length > 0)) continue;
    const ran = await runPlan(world, plan, scene.target);
    const faults = ran.before.findings.filter(
      ({ kind, explainedBy, fix }) =>
        kind === 'fault' &&
        explainedBy.length === 0 &&
        fix?.steps.some((step) => step.kind === 'change' && step.argv.length > 0),
    );
    const left = faults.filter(
      (fault) =>
        staysBecause(fault, ran.before) === undefined && ran.after.findings.some(({ key }) => key === fault.key),
    );
    // What the world can't show of a change, named in one place.
    const isKept = ran.before.findings.every((finding) => staysBecause(finding, ran.before) === undefined);
    for (const { key } of left) wrong.push(`${seed}: ${key} is still there`);
    // Who serves again shows what else is wrong with it.
    const isHiding = visible.length < injections.length;
    if (isKept && !isHiding && ran.isWorse) wrong.push(`${seed}: ${ran.after.verdict}, was ${ran.before.verdict}`);
    for (const difference of isKept ? (ran.left ?? []) : []) wrong.push(`${seed}: the undo leaves ${difference}`);
    mended += faults.length - left.length;
    if (ran.left?.length === 0) undone += 1;
  }
  expect(wrong).toEqual([]);
  expect(mended).toBeGreaterThan(20);
  expect(undone).toBeGreaterThan(15);
}, 120_000);
