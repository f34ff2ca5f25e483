import { lastSegment, sameId } from '../../azure/ids.ts';
import type { Fact } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { checkWithTriage, notice } from '../../steps/looking.ts';
import type { Step } from '../../steps/step.ts';
import { present } from '../../topology/gone.ts';
import type { Gone, IpConfiguration, LoadBalancer, Member } from '../../topology/model.ts';
import { type RuleMember, ruleMembers } from '../../topology/subjects.ts';
import { counted } from '../../words/counted.ts';
import { citeReference } from '../reference.ts';
import { memberCount, membersIn, poolsIn } from '../together.ts';

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
    if (sameId(own, place.network)) return undefined;
    return {
      facts: { frontend: citeReference(frontend, 'subnet', frontend.subnetId), member: place.fact },
      detail: { frontend, frontendNetwork: lastSegment(own), memberNetwork: lastSegment(place.network) },
    };
  },
  message: (_, { member }, { frontend, frontendNetwork, memberNetwork }) =>
    `${member.name} is in virtual network ${memberNetwork}, frontend ${frontend.name} in ${frontendNetwork}.`,
  fix: (_, { member, loadBalancer }, { frontendNetwork }) =>
    putInstead(frontendNetwork, member.pool.name, member.name, loadBalancer),
  together: {
    by: ({ detail: { frontend, memberNetwork } }) => `${frontend.id} ${memberNetwork}`,
    message: (all) => {
      const [
        {
          detail: { frontend, frontendNetwork, memberNetwork },
        },
      ] = all;
      return `${counted(memberCount(all), 'member')} of ${poolsIn(all)} are in virtual network ${memberNetwork}, frontend ${frontend.name} in ${frontendNetwork}: ${membersIn(all)}.`;
    },
    fix: (all) => {
      const [
        {
          subject: { loadBalancer },
          detail: { frontendNetwork },
        },
      ] = all;
      return putInstead(frontendNetwork, poolsIn(all), membersIn(all), loadBalancer);
    },
  },
});

function putInstead(network: string, pools: string, members: string, { id }: LoadBalancer): readonly Step[] {
  return [
    notice(
      `No command moves a machine to another network: put machines of ${network} into ${pools} and take ${members} out`,
    ),
    checkWithTriage(id),
  ];
}

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
    [present(configuration), 'subnet', present(configuration)?.subnetId],
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
