import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { pathTo, probeFlow } from '../../topology/inbound.ts';
import { type ProbedMember, probedMembers } from '../../topology/subjects.ts';
import {
  clientsOf,
  clientsOfAll,
  denying,
  denyingFacts,
  destinationOf,
  dropsClientsToo,
  portsSaid,
} from '../clients.ts';
import { denialOn } from '../denial.ts';
import { openAll } from '../opening.ts';

export default defineRule({
  id: 'nsg-blocks-probe',
  layer: 'path',
  kind: 'fault',
  severity: 'high',
  severityIfAll: 'critical',
  title: 'A network security group denies the health probe',
  why: 'Probes come from 168.63.129.16 (tag AzureLoadBalancer), over TCP whatever the balancing rule carries. A member whose subnet or interface denies them is marked down, whatever runs on it.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview#probe-source-ip-address',
  blocksProbe: true,
  explains: ['tcp-probe-timeout', 'member-down'],
  about: probedMembers,
  needs: { path: ({ member, probe }: ProbedMember) => pathTo(member, probeFlow(probe)) },
  check: (subject, { path }) => {
    const denial = denialOn(path);
    if (!denial) return undefined;
    const { probe } = subject;
    return {
      on: denial.groupId,
      facts: { ...denyingFacts(denial), port: cite(probe, 'port') },
      detail: { denial, filter: path.filter, alsoClients: dropsClientsToo(denial, path, subject) },
    };
  },
  message: ({ port }, { rule }, { denial, alsoClients }) =>
    `${denying(denial)} denies the health probe on port ${port}${alsoClients ? `, and ${clientsOf(rule)}` : ''}.`,
  together: {
    by: ({ subject, detail: { denial } }) =>
      `${denial.groupId} ${denial.rule.name} ${destinationOf(subject.rule)}`.toLowerCase(),
    message: (all) => {
      const [
        {
          detail: { denial },
        },
      ] = all;
      const probes = portsSaid(all.map(({ values: { port } }) => port));
      const rules = all.flatMap(({ subject, detail }) => (detail.alsoClients ? [subject.rule] : []));
      return `${denying(denial)} denies health probes on ${probes}${rules.length === 0 ? '' : `, and ${clientsOfAll(rules)}`}.`;
    },
    fixEach: (all) =>
      openAll(
        all.map(({ subject, detail: { filter } }) => ({ subject, filter, probe: true, clients: true })),
        all[0].subject.loadBalancer,
      ),
  },
  // Clients too, whatever denies them: a member that is up and shut to its clients is worse than one that is down.
  fix: (_, subject, { filter }) => openAll([{ subject, filter, probe: true, clients: true }], subject.loadBalancer),
});
