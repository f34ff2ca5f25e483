import { idKey } from '../../azure/ids.ts';
import { is } from '../../azure/words.ts';
import { agreedHealth, isMeasured, metricReading, reasonsReading } from '../health.ts';
import type { BalancingRule, LoadBalancer } from '../model.ts';
import { byId, type Item, type Whole } from './whole.ts';

type Parts = Pick<LoadBalancer, 'frontends' | 'pools' | 'probes' | 'sku' | 'tier' | 'isFamiliar'>;

/** `joined` is asked only once the load balancer is made. */
export function balancingRulesOf(whole: Whole, parts: Parts, joined: () => LoadBalancer): readonly BalancingRule[] {
  const frontends = byId(parts.frontends);
  const pools = byId(parts.pools);
  const probes = byId(parts.probes);
  return whole.value.loadBalancingRules.map((item, index) => {
    const poolIds = poolIdsOf(item);
    const refersTo: Referred = {
      poolIds,
      pools: poolIds.flatMap((poolId) => pools.get(idKey(poolId)) ?? []),
      frontend: frontends.get(idKey(item.frontendIPConfiguration?.id ?? '')),
      probe: probes.get(idKey(item.probe?.id ?? '')),
    };
    const rule = ruleFrom(whole, item, index, parts, refersTo, joined);
    for (const id of [...poolIds, ...(item.probe ? [item.probe.id] : [])]) whole.rulesAt(id).push(rule);
    return rule;
  });
}

type Referred = Pick<BalancingRule, 'poolIds' | 'pools' | 'frontend' | 'probe'>;

/** Distinct, from both the singular and the plural field. */
function poolIdsOf(item: Item<'loadBalancingRules'>): readonly string[] {
  const single = item.backendAddressPool ? [item.backendAddressPool] : [];
  const all = [...single, ...(item.backendAddressPools ?? [])];
  return [...new Map(all.map((pool) => [idKey(pool.id), pool.id])).values()];
}

function ruleFrom(
  whole: Whole,
  item: Item<'loadBalancingRules'>,
  index: number,
  { sku, tier, isFamiliar }: Parts,
  { poolIds, pools, frontend, probe }: Referred,
  joined: () => LoadBalancer,
): BalancingRule {
  const { evidence, value } = whole;
  const members = pools.flatMap((pool) => pool.members);
  const reasons = reasonsReading(evidence, item.id, members, is(tier, 'Global'));
  return {
    get loadBalancer() {
      return joined();
    },
    source: whole.at('loadBalancingRules', index),
    id: item.id,
    name: item.name,
    protocol: item.protocol,
    frontendPort: item.frontendPort,
    backendPort: item.backendPort,
    enableFloatingIP: item.enableFloatingIP,
    enableTcpReset: item.enableTcpReset,
    disableOutboundSnat: item.disableOutboundSnat,
    idleTimeoutInMinutes: item.idleTimeoutInMinutes,
    loadDistribution: item.loadDistribution,
    provisioningState: item.provisioningState,
    frontendId: item.frontendIPConfiguration?.id,
    frontend,
    probeId: item.probe?.id,
    probe,
    poolIds,
    pools,
    members,
    measured: isFamiliar && isMeasured(sku, tier, item.probe !== undefined),
    reasons,
    agreedReasons: agreedHealth(reasons),
    // An answer that was spoilt on its way may have said the opposite of the metric.
    health: reasons.orElse(
      () => metricReading(evidence, value.id, { frontendPort: item.frontendPort, frontend, probe }, members),
      ['unreadable'],
    ),
  };
}
