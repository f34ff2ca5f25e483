import { hasReason } from '../../azure/reasons.ts';
import { is } from '../../azure/words.ts';
import { cite, derive } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { changeProbe } from '../../steps/balancer.ts';
import { checkWithTriage, notice } from '../../steps/looking.ts';
import { type ProbedRule, probedRules } from '../../topology/subjects.ts';

export default defineRule({
  id: 'all-probed-up-enabled',
  layer: 'override',
  // What is down is down for another reason: this only hides it.
  kind: 'risk',
  severity: 'medium',
  title: 'A probe reports every member up when none is',
  why: 'With noHealthyBackendsBehavior AllProbedUp a total outage reads as all up in health, metrics and alerts, and flows go on to members of which none answers.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-manage-health-status',
  explains: ['all-down-masked'],
  about: probedRules,
  when: ({ probe }) => is(probe.noHealthyBackendsBehavior, 'AllProbedUp'),
  wants: { health: ({ rule }: ProbedRule) => rule.reasons },
  check: ({ probe, rule }, _, { health }) => {
    const reported = [...(health?.members.values() ?? [])];
    const forced = reported.filter((item) => hasReason(item, 'Up_Probe_AllDownIsUp'));
    const facts = {
      behavior: cite(probe, 'noHealthyBackendsBehavior'),
      forcedUp: derive(health && forced.length, ...forced.map((item) => cite(item, 'reason'))),
    };
    if (forced.length > 0) return { facts, severity: 'critical', detail: { isMasking: true } };
    // For a single member it is a documented use: there is no other to send traffic to.
    return {
      facts,
      ...(rule.members.length < 2 ? { severity: 'info', kind: 'advice' } : {}),
      detail: { isMasking: false },
    };
  },
  message: (_, { probe }) =>
    `Probe ${probe.name} reports every member up when none is (noHealthyBackendsBehavior AllProbedUp): a total outage stays hidden.`,
  // While it masks an outage, flows still go to members; without it none would: what keeps them down comes first.
  fix: ({ behavior }, { probe, rule, loadBalancer }, { isMasking }) =>
    isMasking
      ? [
          notice(
            `Mend first what keeps the members of ${rule.name} down. When members are up, set noHealthyBackendsBehavior of ${probe.name} to AllProbedDown: before, that would stop what traffic still gets through`,
          ),
          checkWithTriage(loadBalancer.id),
        ]
      : [
          notice(
            'See first that a member really answers: while none does, this change stops what traffic still gets through',
          ),
          ...changeProbe({
            loadBalancerId: loadBalancer.id,
            name: probe.name,
            to: { noHealthyBackendsBehavior: 'AllProbedDown' },
            from: { noHealthyBackendsBehavior: behavior ?? null },
            keepsNewFields: true,
            disruptive: 'With every member down, new flows are refused instead of tried.',
          }),
        ],
});
