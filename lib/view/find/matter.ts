import type { BalancingRule, NatRule } from '../../topology/model.ts';
import { holdingIn, membersAt } from './holding.ts';
import type { Inventory } from './inventory.ts';
import type { Resolved } from './resolve.ts';

/** The balancing rules whose health bears on what was found. */
export function rulesThatMatter(
  { units, frontends, address }: Resolved,
  inventory: Inventory,
  port: number | undefined,
): readonly BalancingRule[] {
  const holding = holdingIn(inventory);
  const pools = inventory.loadBalancers.flatMap((loadBalancer) => loadBalancer.pools);
  const members = [...units.flatMap(holding.membersOf), ...(address === undefined ? [] : membersAt(address, pools))];
  return [
    ...new Set([
      ...members.flatMap(({ pool }) => pool.balancingRules),
      ...frontends.flatMap(({ loadBalancer, frontend }) =>
        loadBalancer.balancingRules.filter((rule) => rule.frontend === frontend && listensOn(rule, port)),
      ),
    ]),
  ];
}

/** 0 is every port. */
export function listensOn({ frontendPort }: BalancingRule, port: number | undefined): boolean {
  return port === undefined || frontendPort === 0 || frontendPort === port;
}

export function natListensOn(rule: NatRule, port: number | undefined): boolean {
  if (port === undefined) return true;
  const { frontendPort, frontendPortRangeStart: first = frontendPort, frontendPortRangeEnd: last = first } = rule;
  return first !== undefined && last !== undefined && first <= port && port <= last;
}
