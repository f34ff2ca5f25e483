import { hasReason } from '../../azure/reasons.ts';
import { cite, derive } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { checkWithTriage, notice } from '../../steps/looking.ts';
import { type MeasuredRule, measuredRules } from '../../topology/subjects.ts';
import { isOrAre } from '../../words/counted.ts';

export default defineRule({
  id: 'all-down-masked',
  layer: 'symptom',
  kind: 'fault',
  severity: 'critical',
  observes: 'reason-code',
  shows: ['member-down'],
  title: 'Every member is down and reported up',
  why: 'The probe is set to report all members up when none is (noHealthyBackendsBehavior AllProbedUp). Traffic goes to members of which none answers its probe.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-manage-health-status',
  about: measuredRules,
  needs: { health: ({ rule }: MeasuredRule) => rule.reasons },
  check: ({ rule }, { health }) => {
    const masked = [...health.members].filter(([, item]) => hasReason(item, 'Up_Probe_AllDownIsUp'));
    if (masked.length === 0) return undefined;
    const reasons = masked.map(([, item]) => cite(item, 'reason'));
    return {
      facts: {
        forcedUp: derive(masked.length, ...reasons),
        ...(rule.probe ? { setting: cite(rule.probe, 'noHealthyBackendsBehavior') } : {}),
      },
      covers: masked.map(([member]) => ({ member, balancingRule: rule })),
      detail: undefined,
    };
  },
  message: ({ forcedUp }, { rule }) =>
    `0 members of ${rule.name} are healthy; ${forcedUp} ${isOrAre(forcedUp)} reported up although all are down.`,
  // The mask hides the reason codes: what is behind it must be looked for member by member.
  fix: (_, { loadBalancer, rule }) => [
    notice(
      `Nothing in Azure's configuration explains it: ask a member of ${rule.name} itself, at its own address${rule.probe ? `, on port ${rule.probe.port}` : ''}. Leave the setting for later: without it all traffic would stop`,
    ),
    checkWithTriage(loadBalancer.id),
  ],
});
