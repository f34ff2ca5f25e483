import { idKey, lastSegment, sameId, scaleSetInstance } from '../azure/ids.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { knownOr } from '../evidence/open.ts';
import { updateInstances } from '../steps/machine.ts';
import { addScaleSetToPool } from '../steps/pool.ts';
import type { Step } from '../steps/step.ts';
import { scaleSetReading } from '../topology/compute.ts';
import { present } from '../topology/gone.ts';
import type { Nic, Pool } from '../topology/model.ts';
import { named } from '../words/name-order.ts';
import type { Place } from './place.ts';

export const isInstance = ({ id }: Nic): boolean => scaleSetInstance(id) !== undefined;

/** An instance's interface is its set's: it joins by the model, which either names the pool or is to, for all of them. */
export function instancesJoin(places: readonly Place[], pool: Pool, loadBalancerId: string, evidence: Evidence) {
  const refused: string[] = [];
  const ways: (readonly Step[])[] = [];
  const instances = places.flatMap(({ candidate, nic }) => {
    const instance = nic && scaleSetInstance(nic.id);
    return instance ? [{ ...instance, name: candidate.name }] : [];
  });
  for (const id of new Map(instances.map(({ scaleSetId }) => [idKey(scaleSetId), scaleSetId])).values()) {
    const own = instances.filter(({ scaleSetId }) => sameId(scaleSetId, id));
    const set = present(knownOr(scaleSetReading(evidence, id), undefined));
    const instanceIds = own.map(({ instanceId }) => instanceId);
    const configurations = set?.modelConfigurations ?? [];
    const primary = configurations.find(({ isPrimary }) => isPrimary) ?? configurations[0];
    if (set === undefined || primary === undefined) refused.push(`scale set ${lastSegment(id)} could not be read`);
    else if (configurations.some((each) => each.loadBalancerBackendAddressPools.some((one) => sameId(one, pool.id))))
      ways.push(
        updateInstances({
          scaleSetId: id,
          instanceIds,
          loadBalancerId,
        }),
      );
    else if (set.instances.some(({ instance }) => instance && !instanceIds.includes(instance.instanceId))) {
      const names = named(own.map(({ name }) => name));
      refused.push(
        `${names}: of scale set ${set.name}, whose model does not name ${pool.name}, and instances can't be edited one by one: naming ${set.name} puts all ${set.instances.length} in by the model`,
      );
    } else
      ways.push(
        addScaleSetToPool({
          ...{ scaleSetId: id, poolId: pool.id, networkInterface: primary.nicAt, ipConfiguration: primary.at },
          ...{ position: primary.loadBalancerBackendAddressPools.length, instanceIds },
        }),
      );
  }
  return { refused, ways };
}
