import { hasReason } from '../../azure/reasons.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { checkWithTriage } from '../../steps/looking.ts';
import { type ProbedMember, probedMembers } from '../../topology/subjects.ts';

export default defineRule({
  id: 'health-not-probed-yet',
  layer: 'symptom',
  kind: 'advice',
  severity: 'info',
  observes: 'reason-code',
  title: 'A member was not probed yet',
  why: 'Azure answers NA for a member that it has not probed, for some seconds after it joined. Look again after two probe intervals; if it stays, something keeps the member from being probed.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-manage-health-status',
  about: probedMembers,
  needs: { health: ({ rule }: ProbedMember) => rule.reasons },
  check: ({ member, rule }, { health }) => {
    const found = health.members.get(member);
    if (!hasReason(found, 'NA')) return undefined;
    return { on: rule.id, facts: { reason: cite(found, 'reason') }, detail: undefined };
  },
  message: (_, { rule }) => `A member of ${rule.name} has not been probed yet.`,
  fix: (_, { loadBalancer }) => [checkWithTriage(loadBalancer.id)],
});
