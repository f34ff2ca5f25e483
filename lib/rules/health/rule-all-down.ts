import { hasReason } from '../../azure/reasons.ts';
import { defineRule } from '../../rule.ts';
import { idleMembers } from '../../topology/active-passive.ts';
import { type MeasuredRule, measuredRules } from '../../topology/subjects.ts';
import { countsOf, isDrained } from '../counts.ts';

export default defineRule({
  id: 'rule-all-down',
  layer: 'symptom',
  kind: 'fault',
  severity: 'critical',
  observes: 'count',
  shows: ['member-down'],
  title: 'No member of a balancing rule is healthy',
  why: 'With every member down a Standard load balancer passes no new connection of this rule.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview#probe-down-behavior',
  about: measuredRules,
  needs: { health: ({ rule }: MeasuredRule) => rule.health, idle: ({ rule }: MeasuredRule) => idleMembers(rule) },
  check: ({ rule }, { health, idle }) => {
    const { facts, down, lost, total } = countsOf(rule, health, idle);
    // Where Azure found nobody at all, it told nothing of the members.
    if (down.length === 0 || lost.length < total) return undefined;
    // What an administrator took out is that administrator's doing; a mask has its own rule.
    if (down.every((member) => isDrained(member, health))) return undefined;
    if (down.some((member) => hasReason(health.members.get(member), 'Up_Probe_AllDownIsUp'))) return undefined;
    return { facts, covers: lost.map((member) => ({ member, balancingRule: rule })), detail: total };
  },
  message: (_, { rule }, total) =>
    total === 1
      ? `The only member of ${rule.name} is not healthy.`
      : `None of the ${total} members of ${rule.name} is healthy.`,
});
