import { sameId } from '../azure/ids.ts';
import { knownOr } from '../evidence/open.ts';
import { Reading } from '../evidence/reading.ts';
import type { LoadBalancer, Probe, ScaleSet } from './model.ts';

/** The scale sets in a load balancer's pools that judge their instances by a probe of it. */
export function setsJudgedBy(probe: Probe, { pools }: LoadBalancer): Reading<readonly ScaleSet[]> {
  const sets = pools.flatMap(({ scaleSets }) => scaleSets);
  const distinct = sets.filter(({ id }, at) => sets.findIndex((other) => sameId(other.id, id)) === at);
  return Reading.all(distinct.map(({ set }) => set)).map((read) =>
    read.flatMap((set) => ('gone' in set || !sameId(set.healthProbeId, probe.id) ? [] : [set])),
  );
}

/** Those of them that were read. */
export function knownSetsJudgedBy(probe: Probe, loadBalancer: LoadBalancer): readonly ScaleSet[] {
  return knownOr(setsJudgedBy(probe, loadBalancer), []);
}
