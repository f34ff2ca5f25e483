import { defineRule, type Fact } from '../../rule.ts';
import { checkWithTriage, notice } from '../../steps/looking.ts';
import { lastSegment } from '../../topology/ids.ts';
import type { Gone, IpConfiguration, Member } from '../../topology/model.ts';
import { type RuleMember, ruleMembers } from '../../topology/subjects.ts';
import { citeReference } from '../reference.ts';

export default defineRule({
  id: 'pool-vnet-differs-from-frontend',
  layer: 'topology',
  kind: 'risk',
  severity: 'high',
  title: 'A member is in another virtual network than the frontend',
  why: 'An internal frontend and its members must be in one virtual network; peered ones are still two.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/backend-pool-management#limitations',
  about: ruleMembers,
  possible: ({ rule: { frontend } }) => networkIn(frontend?.subnetId) !== undefined,
  needs: { configuration: ({ member }: RuleMember) => member.ipConfiguration },
  check: ({ rule: { frontend }, member }, { configuration }) => {
    const own = networkIn(frontend?.subnetId);
    const place = placeOf(member, configuration);
    if (!frontend || own === undefined || place === undefined) return undefined;
    if (own.toLowerCase() === place.network.toLowerCase()) return undefined;
    return {
      facts: { frontend: citeReference(frontend, 'subnet', frontend.subnetId), member: place.fact },
      detail: { frontend, frontendNetwork: lastSegment(own), memberNetwork: lastSegment(place.network) },
    };
  },
  message: (_, { member }, { frontend, frontendNetwork, memberNetwork }) =>
    `${member.name} is in virtual network ${memberNetwork}, frontend ${frontend.name} in ${frontendNetwork}.`,
  fix: (_, { member, loadBalancer }, { frontendNetwork }) => [
    notice(
      `No command moves a machine to another network: put machines of ${frontendNetwork} into ${member.pool.name} and take ${member.name} out`,
    ),
    checkWithTriage(loadBalancer.id),
  ],
});

function networkIn(subnetId: string | undefined): string | undefined {
  return subnetId?.split(/\/subnets\//i)[0];
}

/** Where a member is: its interface knows best, then its address, then its pool. */
function placeOf(
  member: Member,
  configuration: IpConfiguration | Gone | undefined,
): { readonly network: string; readonly fact: Fact<unknown> } | undefined {
  const { pool } = member;
  const places = [
    [
      configuration?.gone ? undefined : configuration,
      'subnet',
      configuration?.gone ? undefined : configuration?.subnetId,
    ],
    [member, 'subnet', member.subnetId],
    [member, 'virtualNetwork', member.virtualNetworkId],
    [pool, 'virtualNetwork', pool.virtualNetworkId],
  ] as const;
  for (const [thing, field, id] of places) {
    const network = networkIn(id);
    if (thing && network !== undefined) return { network, fact: citeReference(thing, field, id) };
  }
  return undefined;
}
