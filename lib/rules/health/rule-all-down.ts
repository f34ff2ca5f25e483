import { defineRule } from '../../rule.ts';
import { type MeasuredRule, measuredRules } from '../../topology/subjects.ts';
import { countsOf, everyOneIs } from '../counts.ts';

export default defineRule({
  id: 'rule-all-down',
  layer: 'symptom',
  kind: 'fault',
  severity: 'critical',
  observes: true,
  title: 'No member of a balancing rule is healthy',
  why: 'With every member down a Standard load balancer passes no new connection of this rule.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview#probe-down-behavior',
  explains: ['capacity-floor'],
  about: measuredRules,
  needs: { health: ({ rule }: MeasuredRule) => rule.health },
  check: ({ rule }, { health }) => {
    const { facts, down, total } = countsOf(rule, health);
    // Members that an administrator took out are that administrator's doing, not a symptom; a mask has its own rule.
    if (total === 0 || down.length < total || everyOneIs(health, 'Down_Admin') || everyOneIs(health, 'Up_Probe_AllDownIsUp')) return undefined;
    return { facts, covers: down.map((member) => ({ member, balancingRule: rule })), detail: undefined };
  },
  message: ({ total }, { rule }) => `None of the ${total} members of ${rule.name} is healthy.`,
});
