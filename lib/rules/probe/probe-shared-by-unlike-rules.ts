import { is } from '../../azure/words.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { changeBalancingRule } from '../../steps/balancer.ts';
import { joined } from '../../steps/joined.ts';
import { notice } from '../../steps/looking.ts';
import { addProbe } from '../../steps/probe.ts';
import { isCluster } from '../../topology/owner.ts';
import { probedRules } from '../../topology/subjects.ts';

/**
 * Only where the ports differ: balancing rules of several pools that share port and probe are fine, since each member is
 * probed by itself. A probe on a port of none of its balancing rules is probe-port-unrelated's.
 */
export default defineRule({
  id: 'probe-shared-by-unlike-rules',
  layer: 'advice',
  kind: 'advice',
  severity: 'low',
  title: "A balancing rule is judged by another's port",
  why: "The probe tells whether the other application answers: this one's failure goes unnoticed, and the other's takes both out.",
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
  about: probedRules,
  check: ({ rule, probe, loadBalancer }) => {
    // AKS shares one probe among its balancing rules on purpose; UDP is never probed on its own port.
    if (isCluster(loadBalancer.owner) || is(rule.protocol, 'Udp')) return undefined;
    if (!rule.backendPort || rule.backendPort === probe.port) return undefined;
    if (!probe.balancingRules.some(({ backendPort }) => backendPort === probe.port)) return undefined;
    return {
      on: rule.id,
      facts: { port: cite(probe, 'port'), backendPort: cite(rule, 'backendPort') },
      detail: { to: rule.backendPort },
    };
  },
  message: ({ port, backendPort }, { rule, probe }) =>
    `${rule.name} sends traffic to port ${backendPort}, but ${probe.name}, which decides about its members, checks port ${port}.`,
  fix: (_, { rule, probe, loadBalancer: { id, probes, hasNewerFields } }, { to }) => {
    const fresh = { name: `${rule.name}-probe`, protocol: 'Tcp', port: to };
    return [
      notice(`See first that every member listens on TCP port ${to}: one that doesn't is taken out`),
      ...joined(
        addProbe({ loadBalancerId: id, probe: fresh, position: probes.length, keepsNewFields: hasNewerFields }),
        changeBalancingRule({
          loadBalancerId: id,
          name: rule.name,
          to: { probe: `${id}/probes/${fresh.name}` },
          from: { probe: probe.id },
          keepsNewFields: hasNewerFields,
          disruptive: `A member that does not listen on port ${to} gets no new flows of ${rule.name} any more.`,
        }),
      ),
    ];
  },
});
