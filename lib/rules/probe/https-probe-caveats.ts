import { is } from '../../azure/words.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { notice } from '../../steps/looking.ts';
import { type ProbedRule, probedRules } from '../../topology/subjects.ts';
import { citeSku } from '../reference.ts';
import { setOnProbe } from '../set-on-probe.ts';

export default defineRule({
  id: 'https-probe-caveats',
  layer: 'probe',
  kind: 'advice',
  severity: 'info',
  title: 'An HTTPS probe needs a certificate that Azure takes',
  why: 'The probe wants a certificate chain signed with SHA-256 or better, shows no client certificate of its own, and does not exist on Basic load balancers.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview#http-https-probe',
  about: probedRules,
  when: ({ probe }) => is(probe.protocol, 'Https'),
  wants: { health: ({ rule }: ProbedRule) => rule.health },
  check: ({ probe, loadBalancer }, _, { health }) => {
    const facts = { protocol: cite(probe, 'protocol'), sku: citeSku(loadBalancer) };
    const isBasic = is(loadBalancer.sku, 'Basic');
    const detail = { isBasic };
    if (isBasic) return { facts, kind: 'risk', severity: 'high', detail };
    const isDown = [...(health?.members.values() ?? [])].some(({ really }) => really === 'down');
    return isDown || !health ? { facts, detail } : undefined;
  },
  message: (_, { probe }, { isBasic }) =>
    isBasic
      ? `Probe ${probe.name} is HTTPS, which a Basic load balancer does not support.`
      : `Probe ${probe.name} is HTTPS: it needs a chain signed with SHA-256 or better and no client certificate.`,
  fix: (_, subject, { isBasic }) =>
    isBasic
      ? setOnProbe(
          subject,
          { protocol: 'Tcp', requestPath: null },
          { protocol: 'Https', requestPath: subject.probe.requestPath ?? null },
          `See first that members listen on TCP port ${subject.probe.port}`,
        )
      : [
          notice(
            `On a member that is down, see the chain it shows: openssl s_client -connect its own address, port ${subject.probe.port}`,
          ),
        ],
});
