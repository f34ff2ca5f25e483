import { hasReason } from '../../azure/reasons.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { lookAtChanges, notice } from '../../steps/looking.ts';
import { setAdminState } from '../../steps/pool.ts';
import { healthWithoutAdminState } from '../../topology/admin-state.ts';
import { overridableMembers, type RuleMember } from '../../topology/subjects.ts';
import { hasEnoughBesides, isTakenOut } from '../../topology/taken-out.ts';
import { counted } from '../../words/counted.ts';
import { memberCount, membersIn, poolsIn } from '../together.ts';

// Only where a probe is: without one the admin state has no effect (admin-state-no-effect).
export default defineRule({
  id: 'admin-state-down',
  layer: 'override',
  kind: 'fault',
  severity: 'medium',
  severityIfAll: 'critical',
  title: 'A member was taken out of service by hand',
  why: 'Admin state Down overrides the probe: the member gets no new connection, however well it is. Somebody set it; established TCP connections stay, UDP flows move to other members.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/admin-state-overview',
  explains: ['health-missing-members', 'member-down'],
  about: overridableMembers,
  wants: {
    health: ({ member, rule }: RuleMember) => healthWithoutAdminState(member, rule),
    others: ({ rule }: RuleMember) => rule.health,
  },
  check: ({ member, rule }, _, { health, others }) => {
    const isSet = isTakenOut(member);
    if (!isSet && !hasReason(health, 'Down_Admin')) return undefined;
    const isCarried = others !== undefined && hasEnoughBesides(rule, others, member);
    return {
      // Somebody meant it, and nobody misses it.
      ...(isCarried ? { kind: 'risk' } : {}),
      facts: isSet || !health ? { adminState: cite(member, 'adminState') } : { reason: cite(health, 'reason') },
      detail: undefined,
    };
  },
  message: (_, { member }) => `${member.name} has admin state Down in ${member.pool.name}: it gets no new connection.`,
  fix: (_, { member, loadBalancer }) =>
    member.addressName === undefined
      ? [lookAtChanges(loadBalancer.id)]
      : [
          lookAtChanges(loadBalancer.id),
          notice(`Ask whoever set it whether ${member.name} is fit to serve again: with None its probe decides`),
          ...setAdminState({ poolId: member.pool.id, address: member.addressName, to: 'None', from: 'Down' }),
        ],
  together: {
    by: () => 'Down',
    message: (all) =>
      `${counted(memberCount(all), 'member')} of ${poolsIn(all)} have admin state Down: ${membersIn(all)}. They get no new connection.`,
  },
});
