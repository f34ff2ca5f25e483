import { cite, defineRule } from '../../rule.ts';
import { allowProbe } from '../../steps/security-group.ts';
import { pathTo, probeFlow } from '../../topology/inbound.ts';
import { type ProbedMember, probedMembers } from '../../topology/subjects.ts';
import { denialOn } from '../denial.ts';
import { downSymptoms } from '../symptoms.ts';

export default defineRule({
  id: 'nsg-blocks-probe',
  layer: 'path',
  kind: 'fault',
  severity: 'high',
  severityIfAll: 'critical',
  title: 'A network security group denies the health probe',
  why: 'Probes come from 168.63.129.16 (tag AzureLoadBalancer), over TCP whatever the balancing rule carries. A member whose subnet or interface denies them is marked down, whatever runs on it.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview#probe-source-ip-address',
  explains: ['tcp-probe-timeout', ...downSymptoms],
  about: probedMembers,
  needs: { path: ({ member, probe }: ProbedMember) => pathTo(member, probeFlow(probe)) },
  check: ({ probe }, { path }) => {
    const detail = denialOn(path);
    if (!detail) return undefined;
    const { rule } = detail;
    return {
      on: detail.groupId,
      facts: { port: cite(probe, 'port'), deniedBy: cite(rule, 'name'), priority: cite(rule, 'priority') },
      detail,
    };
  },
  message: ({ port, deniedBy, priority }, _, { rule }) =>
    `Security rule ${deniedBy} (priority ${priority}) in ${rule.groupName} denies the health probe on port ${port}.`,
  fix: ({ port }, { loadBalancer }, detail) => allowProbe({ loadBalancerId: loadBalancer.id, port, ...detail }),
});
