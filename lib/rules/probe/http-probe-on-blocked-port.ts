import { is } from '../../azure/words.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { isBlocked } from '../../topology/probe-port.ts';
import { type ProbedRule, probedRules } from '../../topology/subjects.ts';
import { isAnsweredSomewhere } from '../answered.ts';
import { setOnProbe } from '../set-on-probe.ts';

export default defineRule({
  id: 'http-probe-on-blocked-port',
  layer: 'probe',
  kind: 'fault',
  severity: 'critical',
  title: 'An HTTP probe is set to a port where HTTP cannot be probed',
  why: 'The platform does not send HTTP probes to ports 19, 21, 25, 70, 110, 119, 143, 220 and 993, so no member is ever found up.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview#http-https-probe',
  explains: ['tcp-probe-timeout', 'http-no-response', 'http-endpoint-unreachable', 'member-down'],
  about: probedRules,
  when: ({ probe }) => isBlocked(probe),
  wants: { health: ({ rule }: ProbedRule) => rule.health },
  check: ({ probe }, _, { health }) => {
    const facts = { protocol: cite(probe, 'protocol'), port: cite(probe, 'port') };
    const isAnswered = isAnsweredSomewhere(health);
    const detail = { isAnswered };
    // The document names HTTP alone; and a member that is up shows that this probe is sent.
    const isHttps = is(probe.protocol, 'Https');
    if (isHttps) return { facts, kind: 'advice', severity: 'low', explains: [], detail };
    return isAnswered ? { facts, kind: 'risk', severity: 'medium', explains: [], detail } : { facts, detail };
  },
  message: ({ protocol, port }, { probe }, { isAnswered }) =>
    `Probe ${probe.name} speaks ${protocol} on port ${port}, where Azure does not support it${isAnswered ? ', although a member answers' : ''}.`,
  fix: ({ protocol, port }, subject) =>
    setOnProbe(
      subject,
      { protocol: 'Tcp', requestPath: null },
      { protocol, requestPath: subject.probe.requestPath ?? '/' },
      `See that members listen on TCP port ${port}; a TCP probe tells less than an HTTP one, so a path on another port may be better`,
    ),
});
