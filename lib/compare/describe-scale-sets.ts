import { idKey, lastSegment, sameId } from '../azure/ids.ts';
import { knownOr } from '../evidence/open.ts';
import type { Gone, LoadBalancer, ScaleSet, ScaleSetInPool } from '../topology/model.ts';
import { type FieldValue, keyFor, plain, refs, set, type Thing } from './description.ts';
import { fieldOf, withoutUnasked } from './read-field.ts';

/** Each scale set once for each pool that its instances are in: its model, and who of it is not there. */
export function describeScaleSets({ pools }: LoadBalancer): readonly Thing[] {
  return pools.flatMap((pool) => pool.scaleSets.map(describeScaleSet));
}

function describeScaleSet(inPool: ScaleSetInPool): Thing {
  const { pool, name } = inPool;
  const known = (value: (found: ScaleSet) => FieldValue | undefined) =>
    fieldOf<ScaleSet | Gone>(inPool.set, (found) => (found.gone ? undefined : value(found)));
  const found = knownOr(inPool.set, undefined);
  return {
    kind: 'scaleSet',
    key: keyFor('scaleSet', pool.name, name),
    name,
    alias: undefined,
    id: inPool.id,
    parent: keyFor('pool', pool.name),
    within: pool.name,
    identities: [`scale set ${idKey(inPool.id)}`],
    roles: [`${found === undefined || found.gone ? '' : (found.orchestrationMode ?? '')} set`],
    health: [],
    fields: withoutUnasked({
      exists: fieldOf<ScaleSet | Gone>(inPool.set, ({ gone }) => plain(gone === undefined)),
      mode: known(({ orchestrationMode }) => plain(orchestrationMode)),
      upgradePolicy: known(({ upgradePolicy }) => plain(upgradePolicy)),
      // An IP-based pool is in no model.
      modelNamesPool: known(({ modelConfigurations }) =>
        pool.kind === 'nic' && modelConfigurations.length > 0
          ? plain(
              modelConfigurations.some(({ loadBalancerBackendAddressPools: ids }) =>
                ids.some((id) => sameId(id, pool.id)),
              ),
            )
          : undefined,
      ),
      probe: known(({ healthProbeId }) =>
        refs(healthProbeId === undefined ? [] : [keyFor('probe', lastSegment(healthProbeId))]),
      ),
      instances: known((scaleSet) => (isUniform(scaleSet) ? plain(scaleSet.instances.length) : undefined)),
      outside: known((scaleSet) => (isUniform(scaleSet) ? set(outside(inPool, scaleSet)) : undefined)),
    }),
  };
}

/** A Flexible set's instances are ordinary machines, and not listed with it. */
const isUniform = ({ orchestrationMode }: ScaleSet): boolean => orchestrationMode?.toLowerCase() !== 'flexible';

function outside({ members }: ScaleSetInPool, { name, instances }: ScaleSet): readonly string[] {
  const joined = new Set(members.map(({ instance }) => instance?.instanceId));
  return instances.flatMap(({ instance }) =>
    instance && !joined.has(instance.instanceId) ? [`${name}_${instance.instanceId}`] : [],
  );
}
