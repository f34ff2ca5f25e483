import { cite, derive } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { checkWithTriage, notice } from '../../steps/looking.ts';
import { type MeasuredRule, plainMeasuredRules } from '../../topology/subjects.ts';
import { counted } from '../../words/counted.ts';
import { inOrder } from '../../words/name-order.ts';

export default defineRule({
  id: 'health-missing-members',
  layer: 'symptom',
  // Not a fault: whether the member serves is unknown, and where its machine is off another rule says so for certain.
  kind: 'risk',
  severity: 'medium',
  observes: 'reason-code',
  title: 'Azure has no health for some members',
  why: 'A member that Azure leaves out of its health answer is not probed: its machine is off, or its interface is gone.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-manage-health-status',
  about: plainMeasuredRules,
  needs: { health: ({ rule }: MeasuredRule) => rule.agreedReasons },
  check: ({ rule }, { health }) => {
    const missing = rule.members.filter((member) => !health.members.has(member));
    if (missing.length === 0 || !health.counts) return undefined;
    return {
      facts: {
        up: cite(health.counts, 'up'),
        down: cite(health.counts, 'down'),
        measured: derive(health.members.size),
      },
      covers: missing.map((member) => ({ member, balancingRule: rule })),
      detail: inOrder(missing.map(({ name }) => name)).join(', '),
    };
  },
  message: ({ measured }, { rule }, names) =>
    `Azure reports health for ${measured} of the ${counted(rule.members.length, 'member')} of ${rule.name}; ${names} missing.`,
  fix: (_, { loadBalancer }) => [
    notice('See the members above: a machine that is off, an interface that is gone, an address that nobody has'),
    checkWithTriage(loadBalancer.id),
  ],
});
