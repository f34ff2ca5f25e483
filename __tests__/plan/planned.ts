import { candidatesOf } from '../../commands/support/adding.ts';
import type { Az } from '../../lib/az/call.ts';
import { sameName } from '../../lib/azure/ids.ts';
import { expectationOf } from '../../lib/expect/match.ts';
import { expectationsIn } from '../../lib/expect/read.ts';
import { expecting } from '../../lib/expect/triage.ts';
import { planJoining } from '../../lib/plan/joining.ts';
import { type Leaving, planLeaving } from '../../lib/plan/leaving.ts';
import { membersNamed } from '../../lib/plan/named-members.ts';
import { planExitCode } from '../../lib/plan/plan.ts';
import { toldPlan } from '../../lib/plan/told.ts';
import type { LoadBalancer } from '../../lib/topology/model.ts';
import { type Examined, examine } from '../../lib/triage/triage.ts';
import { lookUp } from '../../lib/view/find/look-up.ts';
import type { Plan } from '../../schemas/plan.generated.ts';
import type { Target } from '../fixes/property.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import type { World } from '../world/world.ts';

export const web: Target = { name: 'web-lb', group: 'shop-rg' };

export interface Asked {
  readonly target?: Target;
  readonly minHealthy?: number;
  /** The text of an expectation file. */
  readonly file?: string;
  readonly pool?: string;
  /** In whose answers things have other names. */
  readonly az?: Az;
}

export async function examined(
  world: World,
  { target = web, file, az = azInMemory(world) }: Asked = {},
): Promise<Examined> {
  const { name, group } = target;
  const expectations = file === undefined ? [] : await expectationsIn('azlb.yaml', file);
  const how = { recordedAt: world.clock, ...expecting(expectations) };
  const named = { kind: 'named', name, resourceGroup: group, subscription: undefined } as const;
  return examine(az, named, how);
}

export async function leaving(
  kind: Leaving['kind'],
  world: World,
  names: readonly string[],
  asked: Asked = {},
): Promise<Plan & { readonly code: number }> {
  const all = await examined(world, asked);
  const { loadBalancer } = all.topology;
  const expectations = asked.file === undefined ? [] : await expectationsIn('azlb.yaml', asked.file);
  const drawn = planLeaving(all, {
    kind,
    members: names.flatMap((name) => membersCalled(loadBalancer, name, asked.pool)),
    minHealthy: asked.minHealthy,
    expectation: expectationOf(expectations)(loadBalancer),
  });
  const plan = toldPlan(drawn, loadBalancer, world.clock, 'bash');
  return { ...plan, code: planExitCode(plan) };
}

function membersCalled(loadBalancer: LoadBalancer, name: string, pool: string | undefined) {
  const found = membersNamed(loadBalancer, name, pool);
  if ('members' in found) return found.members;
  throw new Error(`${name}: ${JSON.stringify(found)}`);
}

export async function adding(
  world: World,
  names: readonly string[],
  asked: Asked = {},
): Promise<Plan & { readonly code: number }> {
  const before = await examined(world, asked);
  const { loadBalancer } = before.topology;
  const lookedUp = await lookUp(asked.az ?? azInMemory(world), loadBalancer.id, before.evidence, names);
  const expectations = asked.file === undefined ? [] : await expectationsIn('azlb.yaml', asked.file);
  const pool = loadBalancer.pools.find(({ name }) => sameName(name, asked.pool ?? 'web-pool')) ?? loadBalancer.pools[0];
  if (pool === undefined) throw new Error('There is no pool');
  const drawn = planJoining(
    { ...before, evidence: lookedUp.evidence },
    {
      ...lookedUp,
      pool,
      candidates: candidatesOf(lookedUp, loadBalancer),
      expectation: expectationOf(expectations)(loadBalancer),
    },
  );
  const plan = toldPlan(drawn, loadBalancer, world.clock, 'bash');
  return { ...plan, code: planExitCode(plan) };
}
