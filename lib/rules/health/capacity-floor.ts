import { defineRule } from '../../rule.ts';
import { idleMembers } from '../../topology/active-passive.ts';
import { type MeasuredRule, measuredRules } from '../../topology/subjects.ts';
import { countsOf } from '../counts.ts';

export default defineRule({
  id: 'capacity-floor',
  layer: 'symptom',
  kind: 'risk',
  severity: 'high',
  observes: 'count',
  shows: ['member-down', 'too-few-members'],
  title: 'The next failure is an outage',
  why: 'One healthy member is left, or fewer than half: what remains carries all the load and has nothing to fall back on.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-best-practices',
  about: measuredRules,
  needs: { health: ({ rule }: MeasuredRule) => rule.health, idle: ({ rule }: MeasuredRule) => idleMembers(rule) },
  check: ({ rule }, { health, idle }) => {
    const { facts, up, lost, total } = countsOf(rule, health, idle);
    const left = total - lost.length;
    if (lost.length === 0 || up.length === 0) return undefined;
    if (left > 1 && left * 2 >= total) return undefined;
    return { facts, covers: lost.map((member) => ({ member, balancingRule: rule })), detail: `${left} of ${total}` };
  },
  message: (_, { rule }, share) => `${rule.name} runs on ${share} members.`,
});
