import { hasReason } from '../../azure/reasons.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { lookForListeners } from '../../steps/guest.ts';
import { checkWithTriage, lookAtSecurityRules } from '../../steps/looking.ts';
import { idleMembers } from '../../topology/active-passive.ts';
import { guestOf } from '../../topology/guest.ts';
import { type ProbedMember, probedMembers } from '../../topology/subjects.ts';

export default defineRule({
  id: 'tcp-probe-timeout',
  layer: 'symptom',
  kind: 'fault',
  severity: 'high',
  observes: 'reason-code',
  title: 'The probe gets no TCP answer',
  why: 'Nothing answered within the probe interval: the machine is off, something on the way drops the probe, or nothing listens on its port. The reason code excludes none of these.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-manage-health-status',
  explains: ['member-down'],
  about: probedMembers,
  needs: { health: ({ rule }: ProbedMember) => rule.reasons, idle: ({ rule }: ProbedMember) => idleMembers(rule) },
  wants: { guest: ({ member }: ProbedMember) => guestOf(member) },
  check: ({ member, probe, rule }, { health, idle }, { guest }) => {
    const found = health.members.get(member);
    if (!hasReason(found, 'Down_Probe_TcpProbeTimeout') || idle.has(member)) return undefined;
    return { on: rule.id, facts: { reason: cite(found, 'reason'), port: cite(probe, 'port') }, detail: guest };
  },
  message: ({ port }, { rule }) => `The probe of ${rule.name} gets no TCP answer on port ${port}.`,
  // Only printed where nothing explains it: then the way there could not be judged.
  fix: (_, { member, loadBalancer }, guest) => [
    ...(member.nicId === undefined || member.instance ? [] : [lookAtSecurityRules(member.nicId)]),
    ...(guest ? lookForListeners(guest) : []),
    checkWithTriage(loadBalancer.id),
  ],
});
