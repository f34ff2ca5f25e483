import { sameId, sameName } from '../azure/ids.ts';
import { is } from '../azure/words.ts';
import type { BalancingRule, IpConfiguration, LoadBalancer, Pool } from '../topology/model.ts';

/**
 * Balancing rules that ARM refuses at one address: of load balancers of one kind, public or internal, with one backend
 * port and protocol and without floating IP (RulesOfSameLoadBalancerTypeUseSameBackendPortProtocolAndIPConfig).
 */
export function collisionsOf(
  { loadBalancerBackendAddressPools: pools }: IpConfiguration,
  pool: Pool,
  loadBalancer: LoadBalancer,
  all: readonly LoadBalancer[],
): readonly string[] {
  const joining = loadBalancer.balancingRules.filter((rule) => rule.pools.includes(pool));
  const there = all.flatMap((other) =>
    other.balancingRules.filter((rule) => rule.poolIds.some((id) => pools.some((own) => sameId(own, id)))),
  );
  return joining.flatMap((rule) =>
    there.filter((other) => other !== rule && collide(rule, other)).map((other) => said(rule, other)),
  );
}

function collide(one: BalancingRule, other: BalancingRule): boolean {
  const isOneKind = one.frontend?.kind !== undefined && one.frontend.kind === other.frontend?.kind;
  const isOnePort = one.backendPort === other.backendPort || one.backendPort === 0 || other.backendPort === 0;
  const isOneProtocol =
    sameName(one.protocol, other.protocol) || [one.protocol, other.protocol].some((protocol) => is(protocol, 'All'));
  return isOneKind && isOnePort && isOneProtocol && !(one.enableFloatingIP && other.enableFloatingIP);
}

const said = (rule: BalancingRule, { name, loadBalancer, protocol, backendPort }: BalancingRule): string =>
  `${rule.name} would come to the port that ${name} of ${loadBalancer.name} comes to (${protocol} ${backendPort}), which Azure refuses without floating IP on both`;
