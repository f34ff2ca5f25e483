import { cite, defineRule } from '../../rule.ts';
import { type ProbedMember, probedMembers } from '../../topology/subjects.ts';
import { hasReason } from '../reason.ts';

const approaching = ['Up_Probe_ApproachingUnhealthyThreshold', 'Down_Probe_ApproachingHealthyThreshold'];

export default defineRule({
  id: 'probe-flapping',
  layer: 'symptom',
  kind: 'risk',
  severity: 'medium',
  observes: true,
  title: 'A member is on the edge between up and down',
  why: 'The last probe went the other way than the state. A member that does so again and again is held out longer, and its connections break each time.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-manage-health-status',
  explains: ['rule-partially-down', 'rule-all-down'],
  about: probedMembers,
  needs: { health: ({ rule }: ProbedMember) => rule.reasons },
  check: ({ member, rule }, { health }) => {
    const found = health.members.get(member);
    if (!found || !approaching.some((reason) => hasReason(found, reason))) return undefined;
    return { on: rule.id, facts: { reason: cite(found, 'reason'), state: cite(found, 'state') }, detail: undefined };
  },
  message: ({ reason }, { rule }) => `A member of ${rule.name} is changing state (${reason}); look again in two probe intervals.`,
});
