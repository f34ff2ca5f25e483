import { cite, defineRule } from '../../rule.ts';
import { type ProbedMember, probedMembers } from '../../topology/subjects.ts';
import { downSymptoms } from '../symptoms.ts';
import { hasReason } from '../reason.ts';

export default defineRule({
  id: 'tcp-probe-timeout',
  layer: 'symptom',
  kind: 'fault',
  severity: 'high',
  observes: true,
  title: 'The probe gets no TCP answer',
  why: 'Nothing answered within the probe interval: the machine is off, something on the way drops the probe, or nothing listens on its port. The reason code excludes none of these.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-manage-health-status',
  explains: downSymptoms,
  about: probedMembers,
  needs: { health: ({ rule }: ProbedMember) => rule.reasons },
  check: ({ member, probe, rule }, { health }) => {
    const found = health.members.get(member);
    if (!hasReason(found, 'Down_Probe_TcpProbeTimeout')) return undefined;
    return { on: rule.id, facts: { reason: cite(found, 'reason'), port: cite(probe, 'port') }, detail: undefined };
  },
  message: ({ port }, { rule }) => `The probe of ${rule.name} gets no TCP answer on port ${port}.`,
});
