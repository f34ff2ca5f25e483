import { sameId } from '../../azure/ids.ts';
import { is } from '../../azure/words.ts';
import { cite, derive } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import {
  checkWithTriage,
  lookAtInterfaces,
  lookAtNodes,
  lookAtScaleSet,
  lookAtScaleSets,
  notice,
} from '../../steps/looking.ts';
import { updateInstances } from '../../steps/machine.ts';
import { addScaleSetToPool } from '../../steps/pool.ts';
import type { Step } from '../../steps/step.ts';
import type { ModelConfiguration, Pool, ScaleSet } from '../../topology/model.ts';
import { isCluster } from '../../topology/owner.ts';
import { scaleSetsMissingIn } from '../../topology/scale-sets-around.ts';
import { type PoolSubject, servingPools } from '../../topology/subjects.ts';
import { counted } from '../../words/counted.ts';
import { inOrder } from '../../words/name-order.ts';

export default defineRule({
  id: 'pool-empty-serving',
  layer: 'topology',
  kind: 'fault',
  severity: 'critical',
  title: 'A pool that serves traffic has no member',
  why: 'A balancing rule sends its traffic to this pool, and nobody is in it: every new connection is dropped, and there is no health to tell of.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/backend-pool-management',
  about: servingPools,
  when: ({ pool }) => pool.members.length === 0,
  wants: {
    sets: ({ pool, loadBalancer }: PoolSubject) => scaleSetsMissingIn(pool, loadBalancer),
  },
  check: ({ pool }, _, { sets = [] }) => {
    if (pool.members.length > 0) return undefined;
    const named = sets.find((set) => modelNaming(set, pool) !== undefined);
    const [left, ...others] = named ? [] : sets;
    const missing = named ?? (others.length === 0 ? left : undefined);
    const model = missing && (modelNaming(missing, pool) ?? placeIn(missing));
    // A Gateway load balancer's balancing rule may have two pools: with the other one it still serves.
    const stranded = pool.balancingRules.filter(({ members }) => members.length === 0);
    return {
      ...(stranded.length > 0
        ? { covers: stranded.map((balancingRule) => ({ balancingRule })) }
        : { kind: 'risk', severity: 'medium' }),
      facts: {
        members: derive(0, cite(pool, 'loadBalancerBackendAddresses'), cite(pool, 'backendIPConfigurations')),
        balancingRules: derive(
          pool.balancingRules.map(({ name }) => name),
          ...pool.balancingRules.map((balancingRule) => cite(balancingRule, 'name')),
        ),
        ...(model ? { model: cite(model, 'loadBalancerBackendAddressPools') } : {}),
      },
      detail: { missing, model, isNamed: named !== undefined },
    };
  },
  message: ({ balancingRules }, { pool, loadBalancer: { owner } }, { missing, isNamed }) =>
    `${pool.name} is empty, and ${inOrder(balancingRules).join(', ')} ${balancingRules.length === 1 ? 'sends its' : 'send their'} traffic there.${!isCluster(owner) ? '' : ' The cluster puts its nodes into it: it is empty while there are none.'}${missing ? said(missing, isNamed) : ''}`,
  fix: (_, { pool, loadBalancer }, { missing, model, isNamed }) => {
    if (missing && model) return bring(missing, model, { pool, loadBalancerId: loadBalancer.id, isNamed });
    return !isCluster(loadBalancer.owner)
      ? [
          lookAtScaleSets(loadBalancer.id),
          lookAtInterfaces(loadBalancer.id),
          // Who belongs in it, nobody but its owner knows.
          notice(
            `Put those that belong into ${pool.name}: a machine by az network nic ip-config address-pool add, a Uniform scale set in its model (az vmss update, then update-instances), an address by az network lb address-pool address add`,
          ),
          checkWithTriage(loadBalancer.id),
        ]
      : [lookAtNodes(), checkWithTriage(loadBalancer.id)];
  },
});

function modelNaming({ modelConfigurations }: ScaleSet, { id }: Pool): ModelConfiguration | undefined {
  return modelConfigurations.find(({ loadBalancerBackendAddressPools: ids }) => ids.some((each) => sameId(each, id)));
}

function placeIn({ modelConfigurations }: ScaleSet): ModelConfiguration | undefined {
  return modelConfigurations.find(({ isPrimary }) => isPrimary) ?? modelConfigurations[0];
}

const isUniform = ({ orchestrationMode }: ScaleSet): boolean => !is(orchestrationMode, 'Flexible');

function said(set: ScaleSet, isNamed: boolean): string {
  const { name, instances } = set;
  if (!isNamed)
    return ` Scale set ${name} of the same group has a model that names no pool: it may have left this one.`;
  if (!isUniform(set)) return ` The model of scale set ${name} names it, and none of its machines is in it.`;
  return instances.length === 0
    ? ` The model of scale set ${name} names it, and the set has no instance.`
    : ` The model of scale set ${name} names it, and none of its ${counted(instances.length, 'instance')} was brought to it.`;
}

/** Brings a scale set into the pool, by its model where that doesn't name the pool. */
function bring(
  set: ScaleSet,
  model: ModelConfiguration,
  {
    pool,
    loadBalancerId,
    isNamed,
  }: { readonly pool: Pool; readonly loadBalancerId: string; readonly isNamed: boolean },
): readonly Step[] {
  const instanceIds = set.instances.flatMap(({ instance }) => (instance ? [instance.instanceId] : []));
  const look = lookAtScaleSet(set.id);
  if (!isNamed) {
    return [
      look,
      notice(`Only where ${set.name} belongs into ${pool.name}; else put in those that do`),
      ...addScaleSetToPool({
        scaleSetId: set.id,
        poolId: pool.id,
        networkInterface: model.nicAt,
        ipConfiguration: model.at,
        position: model.loadBalancerBackendAddressPools.length,
        instanceIds,
      }),
    ];
  }
  if (instanceIds.length > 0) return [look, ...updateInstances({ scaleSetId: set.id, instanceIds, loadBalancerId })];
  return [
    look,
    notice(
      isUniform(set)
        ? `Give ${set.name} instances: its capacity, or what scales it`
        : `Put the interfaces of its machines into ${pool.name} (az network nic ip-config address-pool add), or make them anew`,
    ),
    checkWithTriage(loadBalancerId),
  ];
}
