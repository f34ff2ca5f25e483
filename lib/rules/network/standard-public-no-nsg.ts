import { idKey } from '../../azure/ids.ts';
import { is } from '../../azure/words.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { notice } from '../../steps/looking.ts';
import { guardSubnet } from '../../steps/new-security-group.ts';
import type { Step } from '../../steps/step.ts';
import { isThere } from '../../topology/gone.ts';
import { clientFlow } from '../../topology/inbound.ts';
import type { BalancingRule, LoadBalancer } from '../../topology/model.ts';
import { type RuleMember, ruleMembers } from '../../topology/subjects.ts';
import { named } from '../../words/name-order.ts';
import { isOff } from '../power.ts';

/** A Basic one is open where nothing guards it, and an internal one to its virtual network. */
const isClosedByDefault = ({ sku }: LoadBalancer): boolean => is(sku, 'Standard');

export default defineRule({
  id: 'standard-public-no-nsg',
  layer: 'path',
  kind: 'fault',
  severity: 'high',
  severityIfAll: 'critical',
  title: 'No network security group opens a public Standard load balancer',
  why: "A Standard load balancer is closed to the internet unless a network security group allows the traffic. Without any on the member's interface and subnet the probe passes, so that members are up, and no client gets through.",
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-overview#securebydefault',
  about: ruleMembers,
  possible: ({ rule, loadBalancer }) => isClosedByDefault(loadBalancer) && rule.frontend?.kind === 'public',
  needs: {
    nic: ({ member }: RuleMember) => member.nic,
    subnet: ({ member }: RuleMember) => member.subnet,
  },
  wants: { machine: ({ member }: RuleMember) => member.machine },
  check: (_, { nic, subnet }, { machine }) => {
    // Who isn't known to be there can't be said to be unguarded.
    if (!isThere(nic) || !isThere(subnet)) return undefined;
    if (nic.securityGroupId !== undefined || subnet.securityGroupId !== undefined) return undefined;
    if (machine && (machine.gone || isOff(machine))) return undefined;
    return {
      on: subnet.id,
      facts: { ofInterface: cite(nic.networkSecurityGroup, 'id'), ofSubnet: cite(subnet.networkSecurityGroup, 'id') },
      detail: subnet,
    };
  },
  message: (_, { rule }, { name }) =>
    `Neither subnet ${name} nor the members' interfaces in it have a network security group: clients of ${rule.name} are shut out.`,
  fix: (_, { loadBalancer, rule }, { id }) => guard(id, [rule], loadBalancer),
  together: {
    by: ({ detail: { id } }) => idKey(id),
    message: (all) => {
      const [
        {
          detail: { name },
        },
      ] = all;
      const rules = named(all.map(({ subject }) => subject.rule.name));
      return `Neither subnet ${name} nor the members' interfaces in it have a network security group: clients of ${rules} are shut out.`;
    },
    fix: (all) => {
      const [
        {
          subject: { loadBalancer },
          detail: { id },
        },
      ] = all;
      return guard(
        id,
        all.map(({ subject }) => subject.rule),
        loadBalancer,
      );
    },
  },
});

/** One group for all that the subnet's members serve: a second one would take the first one's place. */
function guard(subnetId: string, rules: readonly BalancingRule[], loadBalancer: LoadBalancer): readonly Step[] {
  const openings = rules
    .map(clientFlow)
    .flatMap(({ protocol, destinationPort }) =>
      destinationPort === 'any' ? [] : [{ protocol, port: destinationPort }],
    );
  if (openings.length === 0)
    return [notice('Give the subnet a network security group that allows what the members serve')];
  return guardSubnet({ loadBalancerId: loadBalancer.id, location: loadBalancer.location, subnetId, openings });
}
