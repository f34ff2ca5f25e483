import { hasReason } from '../../azure/reasons.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { guestOf } from '../../topology/guest.ts';
import { type ProbedMember, probedMembers } from '../../topology/subjects.ts';
import { named } from '../../words/name-order.ts';
import { askGuest } from '../guest.ts';

export default defineRule({
  id: 'http-no-response',
  layer: 'application',
  kind: 'fault',
  severity: 'high',
  severityIfAll: 'critical',
  observes: 'reason-code',
  title: 'The application takes the probe and does not answer',
  why: 'The HTTP session opens and no reply comes within the interval (30 s at most): the application hangs or is overloaded. Machine and network are fine.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-manage-health-status',
  explains: ['member-down'],
  about: probedMembers,
  needs: { health: ({ rule }: ProbedMember) => rule.reasons },
  wants: { guest: ({ member }: ProbedMember) => guestOf(member) },
  check: ({ member, probe, rule }, { health }, { guest }) => {
    const found = health.members.get(member);
    if (!hasReason(found, 'Down_Probe_HttpNoResponse')) return undefined;
    return { on: rule.id, facts: { reason: cite(found, 'reason'), port: cite(probe, 'port') }, detail: guest };
  },
  message: ({ port }, { rule }) =>
    `The application behind ${rule.name} accepts the probe on port ${port} and never answers it.`,
  together: {
    by: ({ values, subject }) => `${values.port} ${subject.probe.id}`,
    message: (all) => {
      const [
        {
          values: { port },
        },
      ] = all;
      const rules = named(all.map(({ subject: { rule } }) => rule.name));
      return `The application behind ${rules} accepts the probe on port ${port} and never answers it.`;
    },
  },
  fix: (_, subject, guest) =>
    askGuest(subject, guest, 'Where it hangs there as well, restart the application, one member after the other'),
});
