import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { type RuleMember, ruleMembers } from '../../topology/subjects.ts';
import {
  admittance,
  clientsOf,
  clientsOfAll,
  denying,
  denyingFacts,
  destinationOf,
  dropsProbeToo,
  filterForClients,
  inForceWhereDenied,
  isLetInOrDead,
} from '../clients.ts';
import { openAll } from '../opening.ts';
import { namedRule } from '../security-rule-facts.ts';

export default defineRule({
  id: 'nsg-blocks-data',
  layer: 'path',
  kind: 'fault',
  severity: 'high',
  severityIfAll: 'critical',
  title: 'A network security group denies the clients',
  why: "The load balancer keeps a client's address and sends its packets to the backend port: a member whose subnet or interface denies these gets no traffic, however healthy its probe.",
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-troubleshoot#cause-3-other-port-or-network-security-group-problem',
  about: ruleMembers,
  needs: { filter: filterForClients },
  wants: { inForce: inForceWhereDenied, machine: ({ member }: RuleMember) => member.machine },
  check: (subject, { filter }, wanted) => {
    const said = admittance(filter, subject);
    if (said.kind !== 'blocked' && said.kind !== 'restricted') return undefined;
    const { denial } = said;
    if (isLetInOrDead(subject, wanted) || dropsProbeToo(denial, filter, subject)) return undefined;
    const restrictedBy = said.kind === 'restricted' ? said.by : undefined;
    return {
      on: denial.groupId,
      // Nobody but the owner knows whether the others were meant to be let in.
      ...(restrictedBy ? { kind: 'advice', severity: 'info' } : {}),
      facts: {
        ...denyingFacts(denial),
        ...(restrictedBy ? { allowedBy: namedRule(restrictedBy) } : {}),
        backendPort: cite(subject.rule, 'backendPort'),
      },
      detail: { denial, filter, restrictedBy },
    };
  },
  message: (_, { rule }, { denial, restrictedBy }) =>
    restrictedBy
      ? `${restrictedBy.groupName} lets only some clients reach ${rule.name}: they are restricted to those of ${restrictedBy.name}.`
      : `${denying(denial)} denies ${clientsOf(rule)}.`,
  together: {
    by: ({ subject, detail: { denial, restrictedBy } }) =>
      restrictedBy ? undefined : `${denial.groupId} ${denial.rule.name} ${destinationOf(subject.rule)}`.toLowerCase(),
    message: (all) => {
      const [
        {
          detail: { denial },
        },
      ] = all;
      return `${denying(denial)} denies ${clientsOfAll(all.map(({ subject }) => subject.rule))}.`;
    },
    fixEach: (all) =>
      openAll(
        all.map(({ subject, detail: { filter } }) => ({ subject, filter, probe: false, clients: true })),
        all[0].subject.loadBalancer,
      ),
  },
  fix: (_, subject, { filter, restrictedBy }) =>
    restrictedBy ? [] : openAll([{ subject, filter, probe: false, clients: true }], subject.loadBalancer),
});
