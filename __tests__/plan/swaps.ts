import { asker } from '../../lib/collect/rounds.ts';
import { expectationOf } from '../../lib/expect/match.ts';
import { expectationsIn } from '../../lib/expect/read.ts';
import { expecting } from '../../lib/expect/triage.ts';
import { guardPlan } from '../../lib/plan/guard/guard.ts';
import { planSwap } from '../../lib/plan/swap/swap.ts';
import { toldPlan } from '../../lib/plan/told.ts';
import { examine } from '../../lib/triage/triage.ts';
import type { Plan } from '../../schemas/plan.generated.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { healthyWorld, loadBalancerOf, type Shape } from '../world/healthy.ts';
import { itemsAt, textAt } from '../world/json.ts';
import { idsOf } from '../world/relations.ts';
import { type Change, change, type World } from '../world/world.ts';

export interface Asked {
  readonly minHealthy?: number;
  /** The text of an expectation file. */
  readonly file?: string;
  readonly from?: string;
  readonly to?: string;
}

export async function swapped(
  world: World,
  { minHealthy, file, from = 'blue', to = 'green' }: Asked = {},
): Promise<Plan> {
  const az = azInMemory(world);
  const expectations = file === undefined ? [] : await expectationsIn('azlb.yaml', file);
  const target = { kind: 'named', name: 'web-lb', resourceGroup: 'shop-rg', subscription: undefined } as const;
  const examined = await examine(az, target, { recordedAt: world.clock, ...expecting(expectations) });
  const { loadBalancer } = examined.topology;
  const ask = asker({ az });
  const expectation = expectationOf(expectations)(loadBalancer);
  const { drawn, evidence } = await planSwap(ask, examined, { from, to, minHealthy, expectation });
  return toldPlan(await guardPlan(ask, drawn, evidence, loadBalancer.id), loadBalancer, world.clock, 'bash');
}

/** Both serve the same: green's machines listen as blue's do. */
export function twoPools(shape: Shape = {}, ...changes: readonly Change[]): World {
  const world = healthyWorld({ pools: [{ name: 'blue' }, { name: 'green' }], ...shape });
  const guests = new Map(world.guests);
  for (const [id, guest] of world.guests) {
    const listeners = world.guests.get(id.replaceAll('green', 'blue'))?.listeners;
    if (listeners) guests.set(id, { ...guest, listeners });
  }
  return change({ ...world, guests }, ...changes);
}

/** What each balancing rule points at. */
export const pointed = (world: World): Readonly<Record<string, string>> =>
  Object.fromEntries(
    itemsAt(loadBalancerOf(world).properties, 'loadBalancingRules').map((rule) => [
      textAt(rule, 'name') ?? '',
      idsOf(itemsAt(rule, 'properties', 'backendAddressPools'))
        .map((id) => id.split('/').at(-1))
        .join(),
    ]),
  );
