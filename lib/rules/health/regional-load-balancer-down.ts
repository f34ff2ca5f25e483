import { lastSegment, parentId } from '../../azure/ids.ts';
import { hasReason } from '../../azure/reasons.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { checkWithTriage, triageOf } from '../../steps/looking.ts';
import { globalMembers, type RuleMember } from '../../topology/subjects.ts';

export default defineRule({
  id: 'regional-load-balancer-down',
  layer: 'application',
  kind: 'fault',
  severity: 'high',
  severityIfAll: 'critical',
  title: 'A regional load balancer behind a Global one has no healthy member',
  why: 'A Global load balancer sends nothing to a region whose load balancer has nobody that answers. What keeps its members down is told there.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/cross-region-overview',
  explains: ['member-down'],
  about: globalMembers,
  needs: { health: ({ rule }: RuleMember) => rule.reasons },
  check: ({ member }, { health }) => {
    const found = health.members.get(member);
    const { memberFrontendId } = member;
    if (!hasReason(found, 'Down_Probe_NoHealthyBackend') || memberFrontendId === undefined) return undefined;
    const id = parentId(memberFrontendId);
    return { on: id, facts: { reason: cite(found, 'reason') }, detail: id };
  },
  message: (_, { rule }, id) =>
    `No member of the regional load balancer ${lastSegment(id)}, which ${rule.name} sends traffic to, is healthy.`,
  fix: (_, { loadBalancer }, id) => [triageOf(id), checkWithTriage(loadBalancer.id)],
});
