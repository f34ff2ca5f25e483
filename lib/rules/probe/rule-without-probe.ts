import { is } from '../../azure/words.ts';
import { defineRule } from '../../rule.ts';
import { changeBalancingRule } from '../../steps/balancer.ts';
import { joined } from '../../steps/joined.ts';
import { notice } from '../../steps/looking.ts';
import { addProbe } from '../../steps/probe.ts';
import { plainBalancingRules } from '../../topology/subjects.ts';
import { citeReference } from '../reference.ts';

export default defineRule({
  id: 'rule-without-probe',
  layer: 'probe',
  kind: 'risk',
  severity: 'high',
  title: 'A balancing rule has no health probe',
  why: 'Nothing tells the load balancer which members answer: it sends flows to dead ones as well, has no health to report, and ignores the admin state of members.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
  about: plainBalancingRules,
  check: ({ rule, loadBalancer }) => {
    // Without a pool it sends traffic nowhere, which is another finding; a reference to a probe that is gone as well.
    if (rule.probeId !== undefined || rule.pools.length === 0) return undefined;
    const fitting = loadBalancer.probes.find(({ port }) => port === rule.backendPort);
    return { facts: { probe: citeReference(rule, 'probe', rule.probeId) }, detail: { fitting } };
  },
  message: (_, { rule }) => `${rule.name} has no health probe: flows go to its members whether or not they answer.`,
  fix: (_, { rule, loadBalancer: { id, probes, hasNewerFields } }, { fitting }) => {
    const keepsNewFields = hasNewerFields;
    const attach = (probe: string) =>
      changeBalancingRule({
        loadBalancerId: id,
        name: rule.name,
        to: { probe },
        from: { probe: null },
        keepsNewFields,
        disruptive: 'A member that does not answer the probe gets no new flows any more.',
      });
    if (fitting) {
      const { name, protocol, port } = fitting;
      return [
        notice(`See first that every member answers ${protocol} on port ${port}: one that doesn't is taken out`),
        ...attach(`${id}/probes/${name}`),
      ];
    }
    // The probe is TCP: a port of another protocol, or every port, says nothing of where to probe.
    if (!rule.backendPort || !is(rule.protocol, 'Tcp')) {
      return [
        notice(
          `Choose a TCP port or an HTTP path that tells whether a member of ${rule.name} works, and add a probe of it`,
        ),
      ];
    }
    const name = `${rule.name}-probe`;
    const probe = { name, protocol: 'Tcp', port: rule.backendPort };
    return [
      notice(`See first that every member listens on TCP port ${rule.backendPort}: one that doesn't is taken out`),
      ...joined(
        addProbe({ loadBalancerId: id, probe, position: probes.length, keepsNewFields }),
        attach(`${id}/probes/${name}`),
      ),
    ];
  },
});
