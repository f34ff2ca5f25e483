import { cite } from '../../evidence/fact.ts';
import { plainRuleName } from '../../network/security-rule.ts';
import { defineRule } from '../../rule.ts';
import { type RuleMember, ruleMembers } from '../../topology/subjects.ts';
import {
  admittance,
  clientsOf,
  clientsOfAll,
  denyingFacts,
  destinationOf,
  filterForClients,
  inForceWhereDenied,
  isLetInOrDead,
  letInBy,
} from '../clients.ts';
import { openAll } from '../opening.ts';
import { namedRule } from '../security-rule-facts.ts';

// The precise cause of what nsg-blocks-data would say: the two exclude one another.
export default defineRule({
  id: 'nsg-allows-lb-not-client',
  layer: 'path',
  kind: 'fault',
  severity: 'high',
  severityIfAll: 'critical',
  title: 'A network security group lets in the load balancer, not its clients',
  why: "The load balancer passes a client's packets on with the client's own address. A rule for the tag AzureLoadBalancer lets in health probes alone: members are up and get no traffic.",
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview#probe-source-ip-address',
  about: ruleMembers,
  needs: { filter: filterForClients },
  wants: { inForce: inForceWhereDenied, machine: ({ member }: RuleMember) => member.machine },
  check: (subject, { filter }, wanted) => {
    const said = admittance(filter, subject);
    if (said.kind !== 'probe-only' || isLetInOrDead(subject, wanted)) return undefined;
    const { by, denial } = said;
    return {
      on: denial.groupId,
      facts: { allowedBy: namedRule(by), ...denyingFacts(denial), backendPort: cite(subject.rule, 'backendPort') },
      detail: { ...said, filter },
    };
  },
  message: (_, { rule }, { by }) =>
    `Security rule ${plainRuleName(by)} in ${by.groupName} lets in ${letInBy(by)}; ${clientsOf(rule)} keep their own address and are denied.`,
  together: {
    by: ({ subject, detail: { by, denial } }) =>
      `${denial.groupId} ${by.name} ${denial.rule.name} ${destinationOf(subject.rule)}`.toLowerCase(),
    message: (all) => {
      const [
        {
          detail: { by },
        },
      ] = all;
      const clients = clientsOfAll(all.map(({ subject }) => subject.rule));
      return `Security rule ${plainRuleName(by)} in ${by.groupName} lets in ${letInBy(by)}; ${clients} keep their own address and are denied.`;
    },
    fixEach: (all) =>
      openAll(
        all.map(({ subject, detail: { filter } }) => ({ subject, filter, probe: false, clients: true })),
        all[0].subject.loadBalancer,
      ),
  },
  fix: (_, subject, { filter }) => openAll([{ subject, filter, probe: false, clients: true }], subject.loadBalancer),
});
