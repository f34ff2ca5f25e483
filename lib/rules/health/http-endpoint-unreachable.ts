import { hasReason } from '../../azure/reasons.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { guestOf } from '../../topology/guest.ts';
import { type ProbedMember, probedMembers } from '../../topology/subjects.ts';
import { named } from '../../words/name-order.ts';
import { askGuest } from '../guest.ts';

export default defineRule({
  id: 'http-endpoint-unreachable',
  layer: 'application',
  kind: 'fault',
  severity: 'high',
  severityIfAll: 'critical',
  observes: 'reason-code',
  title: 'The TCP connection is taken, the HTTP session is not',
  // Azure's page names a security group first; the handshake succeeded, so one that denies is the least likely.
  why: 'Something listens on the probe port and ends the session: another protocol than the probe speaks (Http against TLS, or the reverse), a certificate chain weaker than SHA-256, or an application that resets.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-manage-health-status',
  explains: ['member-down'],
  about: probedMembers,
  needs: { health: ({ rule }: ProbedMember) => rule.reasons },
  wants: { guest: ({ member }: ProbedMember) => guestOf(member) },
  check: ({ member, probe, rule }, { health }, { guest }) => {
    const found = health.members.get(member);
    if (!hasReason(found, 'Down_Probe_HttpEndpointUnreachable')) return undefined;
    return {
      on: rule.id,
      facts: { reason: cite(found, 'reason'), protocol: cite(probe, 'protocol'), port: cite(probe, 'port') },
      detail: guest,
    };
  },
  message: ({ protocol, port }, { rule }) =>
    `What listens behind ${rule.name} on port ${port} refuses the probe's ${protocol} session.`,
  together: {
    by: ({ values, subject }) => `${values.protocol} ${values.port} ${subject.probe.id}`,
    message: (all) => {
      const [
        {
          values: { protocol, port },
        },
      ] = all;
      const rules = named(all.map(({ subject: { rule } }) => rule.name));
      return `What listens behind ${rules} on port ${port} refuses the probe's ${protocol} session.`;
    },
  },
  fix: ({ protocol }, subject, guest) =>
    askGuest(
      subject,
      guest,
      `Where it answers in another protocol than ${protocol}, the probe is wrong for all members alike; where one member differs, its application is`,
    ),
});
