import type { ScaleSetAnswer } from '../../schemas/az/scale-set.generated.ts';
import { idKey, sameId, subscriptionOf } from '../azure/ids.ts';
import { is } from '../azure/words.ts';
import { type Evidence, reading } from '../evidence/evidence.ts';
import { scaleSet } from '../evidence/questions/scale-set.ts';
import { scaleSets } from '../evidence/questions/subscription-lists.ts';
import { Reading } from '../evidence/reading.ts';
import { scaleSetReading } from './compute.ts';
import { outOfSight } from './gone.ts';
import type { LoadBalancer, Pool, ScaleSet } from './model.ts';
import { isCluster } from './owner.ts';

/**
 * The scale sets that an empty pool may be missing: those whose model names it, and those of the load balancer's group
 * whose model names no pool at all. One list has the whole subscription's; instances are asked of these alone.
 */
export function scaleSetsAround(
  evidence: Evidence,
  { poolId, groupId }: { readonly poolId: string; readonly groupId: string },
): Reading<readonly ScaleSet[]> {
  return reading(evidence, scaleSets, subscriptionOf(groupId)).andThen((list) => {
    if (list.gone) return outOfSight(list);
    return Reading.all(list.value.map(({ id }) => reading(evidence, scaleSet, id))).andThen((answers) => {
      const near = answers.flatMap((answer) =>
        !answer.gone && mayBelong(answer.value, poolId, groupId) ? [answer.value.id] : [],
      );
      return Reading.all(near.map((id) => scaleSetReading(evidence, id))).map((sets) =>
        sets.flatMap((set) => ('gone' in set && set.gone ? [] : [set as ScaleSet])),
      );
    });
  });
}

function mayBelong({ id, virtualMachineProfile }: ScaleSetAnswer, poolId: string, groupId: string): boolean {
  const pools = (virtualMachineProfile?.networkProfile?.networkInterfaceConfigurations ?? [])
    .flatMap(({ ipConfigurations = [] }) => ipConfigurations)
    .flatMap(({ loadBalancerBackendAddressPools = [] }) => loadBalancerBackendAddressPools);
  if (pools.some((pool) => sameId(pool.id, poolId))) return true;
  return pools.length === 0 && idKey(id).startsWith(`${idKey(groupId)}/`);
}

/** Those of a pool of machines that people keep: a cluster puts its nodes in itself, a Global pool has load balancers. */
export function scaleSetsMissingIn(pool: Pool, { owner, tier }: LoadBalancer): Reading<readonly ScaleSet[]> {
  return isCluster(owner) || is(tier, 'Global') ? Reading.known([]) : pool.scaleSetsAround;
}
