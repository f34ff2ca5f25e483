import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { checkWithTriage, notice } from '../../steps/looking.ts';
import { type ProbedMember, probedMembers } from '../../topology/subjects.ts';
import { isOnEdge } from '../flapping.ts';

export default defineRule({
  id: 'probe-flapping',
  layer: 'symptom',
  kind: 'risk',
  severity: 'medium',
  observes: 'reason-code',
  title: 'A member is on the edge between up and down',
  why: 'The last probe went the other way than the state. A member that does so again and again is held out longer, and its connections break each time.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-manage-health-status',
  explains: ['rule-partially-down', 'rule-all-down'],
  about: probedMembers,
  needs: { health: ({ rule }: ProbedMember) => rule.reasons },
  check: ({ member, rule }, { health }) => {
    const found = health.members.get(member);
    if (!isOnEdge(found)) return undefined;
    return { on: rule.id, facts: { reason: cite(found, 'reason'), state: cite(found, 'state') }, detail: undefined };
  },
  message: ({ reason }, { rule }) =>
    `A member of ${rule.name} is changing state (${reason}); look again in two probe intervals.`,
  fix: (_, { loadBalancer, probe }) => [
    notice(
      `Where members do so again and again, their application is slow to answer at times; ${probe.name} asks every ${probe.intervalInSeconds ?? 15} seconds and goes by ${probe.probeThreshold ?? 1} in a row`,
    ),
    checkWithTriage(loadBalancer.id),
  ],
});
