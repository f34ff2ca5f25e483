import { sameId } from '../../azure/ids.ts';
import { is } from '../../azure/words.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { lookAtScaleSet } from '../../steps/looking.ts';
import { updateInstances } from '../../steps/machine.ts';
import { type ScaleSetSubject, servingScaleSets } from '../../topology/subjects.ts';
import { inOrder } from '../../words/name-order.ts';

export default defineRule({
  id: 'vmss-model-drift',
  layer: 'existence',
  // What is in the pool serves; what is lost is the capacity of those that are not.
  kind: 'risk',
  severity: 'high',
  title: "Instances do not follow their scale set's model and are in no pool",
  why: 'The model names the pool, and these instances were never brought to it: with upgrade policy Manual that takes a command. They run, are paid for, and get no traffic.',
  docs: 'https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-upgrade-policy',
  explains: ['too-few-members', 'single-member-serving'],
  about: servingScaleSets,
  // An IP-based pool is never in a model.
  possible: ({ scaleSet: { pool } }) => pool.kind === 'nic',
  needs: { set: ({ scaleSet }: ScaleSetSubject) => scaleSet.set },
  check: ({ scaleSet: { pool, members } }, { set }) => {
    // While Azure changes the set, instances are behind for as long as it takes.
    if (set.gone || is(set.provisioningState, 'Updating')) return undefined;
    const inModel = set.modelConfigurations.find(({ loadBalancerBackendAddressPools: ids }) =>
      ids.some((id) => sameId(id, pool.id)),
    );
    const joined = new Set(members.map(({ instance }) => instance?.instanceId));
    const behind = set.instances.filter(
      ({ instance, latestModelApplied }) => latestModelApplied === false && !joined.has(instance?.instanceId),
    );
    const [first] = behind;
    if (!inModel || !first) return undefined;
    return {
      facts: {
        model: cite(inModel, 'loadBalancerBackendAddressPools'),
        ...Object.fromEntries(behind.map((instance) => [instance.name, cite(instance, 'latestModelApplied')])),
      },
      detail: { set, behind },
    };
  },
  message: (_, { scaleSet }, { set, behind }) =>
    `${inOrder(behind.map(({ name }) => name)).join(', ')} of scale set ${set.name} ${behind.length === 1 ? 'is' : 'are'} behind its model and not in ${scaleSet.pool.name}.`,
  fix: (_, { loadBalancer }, { set, behind }) => [
    lookAtScaleSet(set.id),
    ...updateInstances({
      scaleSetId: set.id,
      instanceIds: behind.flatMap(({ instance }) => (instance ? [instance.instanceId] : [])),
      loadBalancerId: loadBalancer.id,
    }),
  ],
});
