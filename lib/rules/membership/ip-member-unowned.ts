import { is } from '../../azure/words.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { leavePool } from '../../steps/leave-pool.ts';
import { isCluster } from '../../topology/owner.ts';
import { everyMember, type MemberSubject } from '../../topology/subjects.ts';
import { counted } from '../../words/counted.ts';
import { mildUnlessServing } from '../serving.ts';
import { memberCount, membersIn, poolsIn } from '../together.ts';

// A list of interfaces lacks those of Uniform scale sets and of services: only the network's own word counts.
export default defineRule({
  id: 'ip-member-unowned',
  layer: 'existence',
  kind: 'fault',
  severity: 'medium',
  title: 'Nobody has the address of a member',
  why: 'An address in a pool is a member whether or not a machine has it. This one is free in its virtual network: nothing answers there, and the next machine to get it gets traffic.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/backend-pool-management#configure-backend-pool-by-ip-address-and-virtual-network',
  explains: ['tcp-probe-timeout', 'health-missing-members', 'member-down'],
  about: everyMember,
  needs: { use: ({ member }: MemberSubject) => member.addressUse },
  check: ({ member, pool, loadBalancer }, { use }) => {
    // Manual: addresses may be put in before their machines exist. A cluster's pods have addresses that no interface has.
    if (!use?.available || is(pool.syncMode, 'Manual') || isCluster(loadBalancer.owner)) return undefined;
    return {
      ...mildUnlessServing(member),
      facts: { address: cite(member, 'ipAddress'), available: cite(use, 'available') },
      detail: undefined,
    };
  },
  message: ({ address }, { member, pool }) =>
    `${member.name} (${address}) is a member of ${pool.name}, and nobody has that address.`,
  fix: (_, { member }) => leavePool(member),
  together: {
    by: () => 'unowned',
    message: (all) =>
      `${counted(memberCount(all), 'member')} of ${poolsIn(all)} have an address that nobody has: ${membersIn(all)}.`,
  },
});
