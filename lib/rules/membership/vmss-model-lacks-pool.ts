import { lastSegment, sameId } from '../../azure/ids.ts';
import { is } from '../../azure/words.ts';
import { cite, derive } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { lookAtScaleSet, notice } from '../../steps/looking.ts';
import { addScaleSetToPool } from '../../steps/pool.ts';
import type { Member, ModelConfiguration } from '../../topology/model.ts';
import { isCluster } from '../../topology/owner.ts';
import { type ScaleSetSubject, servingScaleSets } from '../../topology/subjects.ts';
import { isOrAre } from '../../words/counted.ts';

export default defineRule({
  id: 'vmss-model-lacks-pool',
  layer: 'existence',
  kind: 'risk',
  severity: 'high',
  title: "A scale set's model does not name the pool that its instances are in",
  why: 'Membership comes with the model. Instances made from now on never join this pool, and those in it leave it when they are brought to the model or made anew.',
  docs: 'https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-networking',
  explains: ['too-few-members', 'single-member-serving'],
  about: servingScaleSets,
  // An IP-based pool is never in a model.
  possible: ({ scaleSet: { pool } }) => pool.kind === 'nic',
  needs: { set: ({ scaleSet }: ScaleSetSubject) => scaleSet.set },
  check: ({ scaleSet: { pool, members }, loadBalancer }, { set }) => {
    // A cluster writes each instance's membership itself; an IP-based pool is never in a model.
    if (set.gone || isCluster(loadBalancer.owner) || pool.kind !== 'nic') return undefined;
    const [, ...more] = set.modelConfigurations;
    const configuration = configurationFor(members, set.modelConfigurations);
    if (!configuration || set.modelConfigurations.some((each) => names(each, pool.id))) return undefined;
    const joined = new Set(members.map(({ instance }) => instance?.instanceId));
    return {
      facts: {
        model: cite(configuration, 'loadBalancerBackendAddressPools'),
        ...Object.fromEntries(more.map((each) => [each.name, cite(each, 'loadBalancerBackendAddressPools')])),
        members: derive(members.length, ...members.map((member) => cite(member.networkInterfaceIPConfiguration, 'id'))),
      },
      detail: {
        set,
        configuration,
        outside: set.instances.flatMap(({ instance }) =>
          instance && !joined.has(instance.instanceId) ? [instance.instanceId] : [],
        ),
      },
    };
  },
  message: (_, { scaleSet: { pool, members } }, { set, outside }) =>
    `The model of scale set ${set.name} does not name ${pool.name}: ${members.length} of its instances ${isOrAre(members.length)} in it${outside.length > 0 ? `, ${outside.length} not` : ''}, and new ones won't be.`,
  fix: (_, { scaleSet: { pool } }, { set, configuration, outside }) => [
    lookAtScaleSet(set.id),
    ...(set.upgradePolicy === undefined || is(set.upgradePolicy, 'Manual')
      ? []
      : [
          notice(
            `Upgrade policy ${set.upgradePolicy}: Azure brings every instance to the changed model by itself, and may restart it`,
          ),
        ]),
    ...addScaleSetToPool({
      scaleSetId: set.id,
      poolId: pool.id,
      networkInterface: configuration.nicAt,
      ipConfiguration: configuration.at,
      position: configuration.loadBalancerBackendAddressPools.length,
      instanceIds: outside,
    }),
  ],
});

function names({ loadBalancerBackendAddressPools: ids }: ModelConfiguration, poolId: string): boolean {
  return ids.some((id) => sameId(id, poolId));
}

/** Instances are called as their model: the configuration that the members themselves have is the one that lacks the pool. */
function configurationFor(
  members: readonly Member[],
  model: readonly ModelConfiguration[],
): ModelConfiguration | undefined {
  const own = new Set(members.flatMap(({ ipConfigurationId: id }) => (id === undefined ? [] : [lastSegment(id)])));
  const alike = model.filter(({ name }) => own.has(name));
  return alike.find(({ isPrimary }) => isPrimary) ?? alike[0] ?? model.find(({ isPrimary }) => isPrimary) ?? model[0];
}
