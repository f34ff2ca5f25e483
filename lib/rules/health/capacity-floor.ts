import { defineRule } from '../../rule.ts';
import { type MeasuredRule, measuredRules } from '../../topology/subjects.ts';
import { isActivePassive } from '../active-passive.ts';
import { countsOf } from '../counts.ts';

export default defineRule({
  id: 'capacity-floor',
  layer: 'symptom',
  kind: 'risk',
  severity: 'high',
  observes: true,
  title: 'The next failure is an outage',
  why: 'One healthy member is left, or fewer than half: what remains carries all the load and has nothing to fall back on.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-best-practices',
  about: measuredRules,
  needs: { health: ({ rule }: MeasuredRule) => rule.health },
  check: ({ rule }, { health }) => {
    const { facts, up, total } = countsOf(rule, health);
    if (total < 2 || up.length === 0 || isActivePassive(rule)) return undefined;
    if (up.length !== 1 && up.length >= Math.ceil(total / 2)) return undefined;
    const lost = rule.members.filter((member) => !up.includes(member));
    if (lost.length === 0) return undefined;
    return { facts, covers: lost.map((member) => ({ member, balancingRule: rule })), detail: undefined };
  },
  message: ({ up, total }, { rule }) => `${rule.name} runs on ${up} of ${total} members.`,
});
