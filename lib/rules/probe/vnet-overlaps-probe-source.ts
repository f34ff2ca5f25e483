import { cite } from '../../evidence/fact.ts';
import { prefixContains, probeSource } from '../../network/address.ts';
import { defineRule } from '../../rule.ts';
import { notice } from '../../steps/looking.ts';
import { isThere } from '../../topology/gone.ts';
import { type ProbedMember, probedMembers } from '../../topology/subjects.ts';
import { isAnsweredSomewhere } from '../answered.ts';

export default defineRule({
  id: 'vnet-overlaps-probe-source',
  layer: 'path',
  kind: 'fault',
  severity: 'critical',
  title: "The members' subnet contains the address that probes come from",
  why: 'Probes of IPv4 members come from 168.63.129.16. Where a virtual network has that address among its own, the answers stay in it, and so do DNS, DHCP and the guest agent.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview#probe-source-ip-address',
  blocksProbe: true,
  explains: ['tcp-probe-timeout', 'member-down'],
  about: probedMembers,
  needs: { subnet: ({ member }: ProbedMember) => member.subnet },
  when: (_, { subnet }) =>
    subnet !== undefined &&
    !subnet.gone &&
    subnet.addressPrefixes.some((prefix) => prefixContains(prefix, probeSource)),
  wants: { health: ({ rule }: ProbedMember) => rule.health },
  check: (_, { subnet }, { health }) => {
    if (!isThere(subnet)) return undefined;
    const isAnswered = isAnsweredSomewhere(health);
    return {
      on: subnet.id,
      // A member that is up shows that answers find the way, for now; what is down is down for another reason.
      ...(isAnswered ? { kind: 'risk', severity: 'high', explains: [] } : {}),
      facts: {
        prefix: subnet.addressPrefix === undefined ? cite(subnet, 'addressPrefixes') : cite(subnet, 'addressPrefix'),
      },
      detail: { subnet, isAnswered },
    };
  },
  message: ({ prefix }, _, { subnet, isAnswered }) =>
    `Subnet ${subnet.name} (${[prefix].flat().join(', ')}) contains ${probeSource}, where probes come from${isAnswered ? '; a member answers them all the same' : ''}.`,
  fix: (_, __, { subnet }) => [
    notice(
      `Give ${subnet.name} another address range: move its machines to a new subnet, no command changes a range in use`,
    ),
  ],
});
