import { prefixContains, probeSource } from '../../network/address.ts';
import { cite, defineRule } from '../../rule.ts';
import { notice } from '../../steps/looking.ts';
import { type ProbedMember, probedMembers } from '../../topology/subjects.ts';
import { downSymptoms } from '../symptoms.ts';

export default defineRule({
  id: 'vnet-overlaps-probe-source',
  layer: 'path',
  kind: 'fault',
  severity: 'critical',
  title: "The members' subnet contains the address that probes come from",
  why: 'Probes of IPv4 members come from 168.63.129.16. Where a virtual network has that address among its own, the answers stay in it, and so do DNS, DHCP and the guest agent.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview#probe-source-ip-address',
  explains: ['tcp-probe-timeout', ...downSymptoms],
  about: probedMembers,
  needs: { subnet: ({ member }: ProbedMember) => member.subnet },
  when: (_, { subnet }) =>
    subnet !== undefined &&
    !subnet.gone &&
    subnet.addressPrefixes.some((prefix) => prefixContains(prefix, probeSource)),
  wants: { health: ({ rule }: ProbedMember) => rule.health },
  check: ({ member }, { subnet }, { health }) => {
    if (!subnet || subnet.gone) return undefined;
    // A member that is up shows that its answers find the way, for now.
    const isUp = health?.members.get(member)?.really === 'up';
    return {
      on: subnet.id,
      ...(isUp ? { kind: 'risk', severity: 'high' } : {}),
      facts: {
        prefix: subnet.addressPrefix === undefined ? cite(subnet, 'addressPrefixes') : cite(subnet, 'addressPrefix'),
      },
      detail: { subnet },
    };
  },
  message: ({ prefix }, _, { subnet }) =>
    `Subnet ${subnet.name} (${[prefix].flat().join(', ')}) contains ${probeSource}, where probes come from.`,
  fix: (_, __, { subnet }) => [
    notice(
      `Give ${subnet.name} another address range: move its machines to a new subnet, no command changes a range in use`,
    ),
  ],
});
