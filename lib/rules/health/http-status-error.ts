import { hasReason } from '../../azure/reasons.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { idleMembers } from '../../topology/active-passive.ts';
import { guestOf } from '../../topology/guest.ts';
import { pathAsked } from '../../topology/probe-path.ts';
import { type ProbedMember, probedMembers } from '../../topology/subjects.ts';
import { named } from '../../words/name-order.ts';
import { askGuest } from '../guest.ts';

export default defineRule({
  id: 'http-status-error',
  layer: 'application',
  kind: 'fault',
  severity: 'high',
  severityIfAll: 'critical',
  observes: 'reason-code',
  title: 'The probe is answered with another status than 200',
  why: 'The probe reached an application, so machine, network and security groups are fine. Only 200 counts: 204, a redirect or 401 mark the member down as well.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview#http-https-probe',
  explains: ['member-down'],
  about: probedMembers,
  needs: { health: ({ rule }: ProbedMember) => rule.reasons, idle: ({ rule }: ProbedMember) => idleMembers(rule) },
  wants: { guest: ({ member }: ProbedMember) => guestOf(member) },
  check: ({ member, probe, rule }, { health, idle }, { guest }) => {
    const found = health.members.get(member);
    if (!hasReason(found, 'Down_Probe_HttpStatusCodeError') || idle.has(member)) return undefined;
    return {
      on: rule.id,
      facts: {
        reason: cite(found, 'reason'),
        protocol: cite(probe, 'protocol'),
        port: cite(probe, 'port'),
        path: cite(probe, 'requestPath'),
      },
      detail: guest,
    };
  },
  message: ({ protocol, port }, { rule, probe }) =>
    `The application behind ${rule.name} answers the probe (${protocol} ${port}${pathAsked(probe)}) with another status than 200.`,
  together: {
    by: ({ subject }) => subject.probe.id,
    message: (all) => {
      const [
        {
          values: { protocol, port },
          subject: { probe },
        },
      ] = all;
      const rules = named(all.map(({ subject: { rule } }) => rule.name));
      return `The application behind ${rules} answers the probe (${protocol} ${port}${pathAsked(probe)}) with another status than 200.`;
    },
  },
  fix: (_, subject, guest) =>
    askGuest(
      subject,
      guest,
      'Where every member fails, the path may be wrong; where some do, their application is: then never change the probe',
    ),
});
