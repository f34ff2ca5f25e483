import { is } from '../../azure/words.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { checkWithTriage, notice } from '../../steps/looking.ts';
import { probedRules } from '../../topology/subjects.ts';

/**
 * Ports of plain HTTP. On 443 a TCP probe is often right: TLS is passed through, or the application wants a client
 * certificate, which no probe can show.
 */
const web = [80, 8080];

export default defineRule({
  id: 'tcp-probe-on-web-port',
  layer: 'advice',
  kind: 'advice',
  severity: 'low',
  title: 'A TCP probe is all that is asked of a web server',
  why: 'A TCP probe succeeds as soon as something listens: a server that answers every request with an error stays in.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
  about: probedRules,
  check: ({ probe, rule }) => {
    if (!is(probe.protocol, 'Tcp') || !web.includes(probe.port)) return undefined;
    // Behind a balancing rule for every port stands a network appliance, not a web server.
    if (!rule.backendPort) return undefined;
    return { facts: { protocol: cite(probe, 'protocol'), port: cite(probe, 'port') }, detail: undefined };
  },
  message: ({ port }, { probe }) =>
    `Probe ${probe.name} only connects to port ${port}: a web server that fails every request stays in.`,
  fix: (_, { probe, loadBalancer }) => [
    // A path that is guessed takes every member out that doesn't answer it.
    notice(
      `Give the application a path that answers 200 only while it can serve. When every member answers it, make ${probe.name} an Http probe of that path`,
    ),
    checkWithTriage(loadBalancer.id),
  ],
});
