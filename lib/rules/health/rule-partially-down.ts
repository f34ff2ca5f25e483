import { defineRule } from '../../rule.ts';
import { idleMembers } from '../../topology/active-passive.ts';
import { type MeasuredRule, measuredRules } from '../../topology/subjects.ts';
import { isOrAre } from '../../words/counted.ts';
import { countsOf, isDrained } from '../counts.ts';

export default defineRule({
  id: 'rule-partially-down',
  layer: 'symptom',
  kind: 'fault',
  severity: 'high',
  observes: 'count',
  shows: ['member-down'],
  title: 'Some members of a balancing rule are down',
  why: 'The members that are left carry all the traffic, and established connections of the others may break.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-manage-health-status',
  explains: ['too-few-members'],
  about: measuredRules,
  needs: { health: ({ rule }: MeasuredRule) => rule.health, idle: ({ rule }: MeasuredRule) => idleMembers(rule) },
  check: ({ rule }, { health, idle }) => {
    const { facts, up, down, lost, total } = countsOf(rule, health, idle);
    const failing = down.filter((member) => !isDrained(member, health));
    if (failing.length === 0 || lost.length === total) return undefined;
    const isMild = up.length >= 2 && up.length * 2 >= total;
    return {
      ...(isMild ? { severity: 'medium' } : {}),
      facts,
      covers: failing.map((member) => ({ member, balancingRule: rule })),
      detail: { down: failing.length, total },
    };
  },
  message: (_, { rule }, { down, total }) => `${down} of the ${total} members of ${rule.name} ${isOrAre(down)} down.`,
});
