import { hasReason } from '../../azure/reasons.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { checkWithTriage, notice } from '../../steps/looking.ts';
import { type ProbedMember, probedMembers } from '../../topology/subjects.ts';

// About members of regional load balancers: in a Global one Down_Platform is documented for a regional pool without machines.
export default defineRule({
  id: 'platform-reason',
  layer: 'platform',
  kind: 'fault',
  severity: 'high',
  severityIfAll: 'critical',
  observes: 'reason-code',
  title: "Azure's own infrastructure has a problem with a member",
  why: 'Azure gives a platform reason, for which its service team is alerted: nothing in the configuration, the network or the guest causes it, and nothing there mends it.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-manage-health-status',
  explains: ['member-down'],
  about: probedMembers,
  needs: { health: ({ rule }: ProbedMember) => rule.reasons },
  check: ({ member, rule }, { health }) => {
    const found = health.members.get(member);
    const isDown = hasReason(found, 'Down_Platform');
    if (!hasReason(found, 'Down_Platform', 'Up_Platform')) return undefined;
    return {
      on: rule.id,
      // It still answers: nothing is lost yet.
      ...(isDown ? {} : { kind: 'risk', severity: 'medium' }),
      facts: { reason: cite(found, 'reason') },
      detail: isDown ? 'down' : 'up',
    };
  },
  message: ({ reason }, { rule }, state) =>
    `Azure's infrastructure has a problem with a member of ${rule.name}, which is ${state} (${reason}).`,
  fix: ({ reason }, { loadBalancer, rule }) => [
    notice('See Azure status and service health (status.azure.com) for the region before anything else'),
    notice(
      `If it stays: a support request of severity A with the load balancer's id, rule ${rule.name}, ${reason} and the time`,
    ),
    checkWithTriage(loadBalancer.id),
  ],
});
