import { defineRule, derive } from '../../rule.ts';
import { type MeasuredRule, measuredRules } from '../../topology/subjects.ts';

export default defineRule({
  id: 'health-missing-members',
  layer: 'symptom',
  kind: 'fault',
  severity: 'medium',
  observes: true,
  title: 'Azure has no health for some members',
  why: 'A member that Azure leaves out of its health answer is not probed: its machine is off, or its interface is gone.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-manage-health-status',
  about: measuredRules,
  needs: { health: ({ rule }: MeasuredRule) => rule.reasons },
  check: ({ rule }, { health }) => {
    const missing = rule.members.filter((member) => !health.members.has(member));
    if (missing.length === 0) return undefined;
    return {
      facts: { measured: derive(health.members.size), total: derive(rule.members.length) },
      covers: missing.map((member) => ({ member, balancingRule: rule })),
      detail: missing,
    };
  },
  message: ({ measured, total }, { rule }, missing) =>
    `Azure reports health for ${measured} of the ${total} members of ${rule.name}; ${missing.map(({ name }) => name).join(', ')} missing.`,
});
