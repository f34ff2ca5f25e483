import { is } from '../../azure/words.ts';
import { cite, derive } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { lookAtScaleSet } from '../../steps/looking.ts';
import { updateInstances } from '../../steps/machine.ts';
import { isThere } from '../../topology/gone.ts';
import { type OutboundScaleSet, outboundScaleSets } from '../../topology/subjects.ts';
import { inOrder } from '../../words/name-order.ts';

// Of an availability set az shows the machines only one by one: scale sets alone are looked at.
export default defineRule({
  id: 'partial-set-membership',
  layer: 'existence',
  kind: 'risk',
  severity: 'medium',
  title: "Some of a scale set's instances are left out of an outbound pool",
  why: 'An outbound rule gives its pool a way out. Every instance of a set must be in the pool: those that are not reach nothing outside, unless they have public addresses of their own.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/outbound-rules#limitations',
  about: outboundScaleSets,
  needs: { set: ({ scaleSet }: OutboundScaleSet) => scaleSet.set },
  when: ({ scaleSet }, { set }) => !set.gone && set.instances.length > scaleSet.members.length,
  wants: { subnet: ({ member }: OutboundScaleSet) => member.subnet },
  check: ({ scaleSet: { members }, outboundRule }, { set }, { subnet }) => {
    // A NAT gateway takes precedence over outbound rules, for every machine of the subnet.
    if (set.gone || is(set.provisioningState, 'Updating')) return undefined;
    if (isThere(subnet) && subnet.natGatewayId !== undefined) return undefined;
    const joined = new Set(members.map(({ instance }) => instance?.instanceId));
    const left = set.instances.filter(({ instance }) => !joined.has(instance?.instanceId));
    if (left.length === 0) return undefined;
    return {
      facts: {
        outboundRule: cite(outboundRule, 'name'),
        left: derive(left.length, ...left.map((instance) => cite(instance, 'name'))),
      },
      detail: { set, left },
    };
  },
  message: ({ outboundRule }, { scaleSet: { pool } }, { set, left }) =>
    `${inOrder(left.map(({ name }) => name)).join(', ')} of scale set ${set.name} ${left.length === 1 ? 'is' : 'are'} not in ${pool.name}, which gets out by outbound rule ${outboundRule}.`,
  fix: (_, { loadBalancer }, { set, left }) => [
    lookAtScaleSet(set.id),
    ...updateInstances({
      scaleSetId: set.id,
      instanceIds: left.flatMap(({ instance }) => (instance ? [instance.instanceId] : [])),
      loadBalancerId: loadBalancer.id,
    }),
  ],
});
