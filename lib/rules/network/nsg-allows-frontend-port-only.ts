import { cite } from '../../evidence/fact.ts';
import { plainRuleName } from '../../network/security-rule.ts';
import { defineRule } from '../../rule.ts';
import { changeSecurityRule } from '../../steps/security-group.ts';
import type { Step } from '../../steps/step.ts';
import type { LoadBalancer, SecurityRule } from '../../topology/model.ts';
import { type RuleMember, ruleMembers } from '../../topology/subjects.ts';
import { named } from '../../words/name-order.ts';
import {
  admittance,
  clientsOf,
  denyingFacts,
  destinationOf,
  filterForClients,
  inForceWhereDenied,
  isLetInOrDead,
  portsSaid,
} from '../clients.ts';
import { namedRule } from '../security-rule-facts.ts';

// The precise cause of what nsg-blocks-data would say: the two exclude one another.
export default defineRule({
  id: 'nsg-allows-frontend-port-only',
  layer: 'path',
  kind: 'fault',
  severity: 'high',
  severityIfAll: 'critical',
  title: "A network security group lets in the frontend's port, not the backend's",
  why: "The load balancer rewrites the port before a packet reaches the member's subnet and interface: their security groups see the backend port only.",
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-troubleshoot#cause-3-other-port-or-network-security-group-problem',
  about: ruleMembers,
  needs: { filter: filterForClients },
  wants: { inForce: inForceWhereDenied, machine: ({ member }: RuleMember) => member.machine },
  check: (subject, { filter }, wanted) => {
    const said = admittance(filter, subject);
    if (said.kind !== 'frontend-port-only' || isLetInOrDead(subject, wanted)) return undefined;
    const { by, denial } = said;
    const { rule } = subject;
    return {
      on: denial.groupId,
      facts: {
        allowedBy: namedRule(by),
        ...denyingFacts(denial),
        frontendPort: cite(rule, 'frontendPort'),
        backendPort: cite(rule, 'backendPort'),
      },
      detail: by,
    };
  },
  message: ({ frontendPort, backendPort }, { rule }, by) =>
    `Security rule ${plainRuleName(by)} in ${by.groupName} allows port ${frontendPort}, the frontend's; the members of ${rule.name} get their traffic on port ${backendPort}, where ${clientsOf(rule).replace(/ on port .*/, '')} are denied.`,
  together: {
    by: ({ subject, detail: by }) => `${by.groupId} ${by.name} ${destinationOf(subject.rule)}`.toLowerCase(),
    message: (all) => {
      const [
        {
          subject: { rule },
          detail: by,
        },
      ] = all;
      const rules = named(all.map(({ subject }) => subject.rule.name));
      const from = clientsOf(rule).replace(/ on (any )?port.*/, '');
      return `Security rule ${plainRuleName(by)} in ${by.groupName} allows ${portsSaid(all.map(({ values }) => values.frontendPort))}, the frontend's; the members of ${rules} get their traffic on ${portsSaid(all.flatMap(({ values }) => values.backendPort ?? []))}, where ${from} are denied.`;
    },
    fix: (all) =>
      allowToo(
        all.map(({ values }) => values.backendPort),
        all[0].detail,
        all[0].subject.loadBalancer,
      ),
  },
  fix: ({ backendPort }, { loadBalancer }, by) => allowToo([backendPort], by, loadBalancer),
});

function allowToo(more: readonly (number | undefined)[], by: SecurityRule, { id }: LoadBalancer): readonly Step[] {
  const ports = portsOf(by);
  const added = [...new Set(more.flatMap((port) => (port === undefined ? [] : [String(port)])))];
  return changeSecurityRule({
    loadBalancerId: id,
    groupId: by.groupId,
    name: plainRuleName(by),
    from: { ports },
    to: { ports: [...ports, ...added.filter((port) => !ports.includes(port))] },
  });
}

function portsOf({ destinationPortRange, destinationPortRanges }: SecurityRule): readonly string[] {
  return [...new Set([...(destinationPortRange ? [destinationPortRange] : []), ...(destinationPortRanges ?? [])])];
}
