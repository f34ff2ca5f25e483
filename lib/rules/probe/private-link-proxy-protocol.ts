import { isAnsweredWrongly } from '../../azure/reasons.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { guarded } from '../../steps/change.ts';
import { notice } from '../../steps/looking.ts';
import { setProxyProtocol } from '../../steps/private-link.ts';
import { servicesBeforeWrongAnswers } from '../../topology/frontend-services.ts';
import { type ProbedMember, probedMembers } from '../../topology/subjects.ts';

export default defineRule({
  id: 'private-link-proxy-protocol',
  layer: 'probe',
  kind: 'fault',
  severity: 'high',
  severityIfAll: 'critical',
  title: 'A Private Link service puts the PROXY header before every probe and flow',
  why: 'With PROXY protocol on, whatever comes to the backend port through the load balancer begins with its header, health probes as well. A server that does not speak it takes the header for a broken request.',
  docs: 'https://learn.microsoft.com/azure/private-link/private-link-service-overview#getting-connection-information-using-tcp-proxy-v2',
  explains: ['http-status-error', 'http-endpoint-unreachable', 'http-no-response', 'member-down'],
  about: probedMembers,
  wants: {
    health: ({ rule }: ProbedMember) => rule.reasons,
    services: ({ rule }: ProbedMember) => servicesBeforeWrongAnswers(rule),
  },
  check: ({ member }, _, { health, services = [] }) => {
    if (!isAnsweredWrongly(health?.members.get(member))) return undefined;
    const service = services.find(({ enableProxyProtocol }) => enableProxyProtocol === true);
    return (
      service && {
        on: service.id,
        facts: { enableProxyProtocol: cite(service, 'enableProxyProtocol') },
        detail: service,
      }
    );
  },
  message: (_, { rule, probe }, { name }) =>
    `Private Link service ${name} has PROXY protocol on: its header comes before every probe of ${rule.name} (port ${probe.port}) and every flow, and the members answer wrongly.`,
  fix: (_, { rule, loadBalancer }, { id, name }) => [
    notice(
      `Let the members of ${rule.name} speak PROXY protocol v2 on that port (nginx: listen … proxy_protocol), where they need the clients' addresses`,
    ),
    notice(`Else turn it off on ${name}: members that do speak it by now would fail then`),
    ...guarded(loadBalancer.id, [setProxyProtocol(id, false)]),
  ],
});
