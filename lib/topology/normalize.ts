import type { LoadBalancerAnswer } from '../../schemas/az/load-balancer.generated.ts';
import { groupOf, parseId } from '../azure/ids.ts';
import { is } from '../azure/words.ts';
import { type Evidence, type Read, reading } from '../evidence/evidence.ts';
import { knownOr } from '../evidence/open.ts';
import { loadBalancer as loadBalancerQuestion } from '../evidence/questions/load-balancer.ts';
import { Reading } from '../evidence/reading.ts';
import { disagreementsIn } from './back-references.ts';
import { contradicted, present, unlessGone } from './gone.ts';
import { balancingRulesOf } from './joining/balancing-rules.ts';
import { frontendsOf } from './joining/frontends.ts';
import { poolsOf } from './joining/pools.ts';
import { probesOf } from './joining/probes.ts';
import { natPoolsOf, natRulesOf, outboundRulesOf } from './joining/translation.ts';
import { Whole } from './joining/whole.ts';
import { clusterReading } from './managed-cluster.ts';
import type { Gone, LoadBalancer, Topology } from './model.ts';
import { ownerOf } from './owner.ts';
import { resourceGroupReading } from './resource-group.ts';

/** The evidence about one load balancer, joined: the only place that follows ids. */
export function normalize(evidence: Evidence, id: string): Reading<Topology | Gone> {
  return reading(evidence, loadBalancerQuestion, id).map((answer) =>
    unlessGone(answer, (read) => ({ loadBalancer: loadBalancerFrom(read, evidence) })),
  );
}

function loadBalancerFrom({ answer, value }: Read<LoadBalancerAnswer>, evidence: Evidence): LoadBalancer {
  const whole = new Whole(value, { answer }, evidence);
  const { resourceGroup = '', subscriptionId = '' } = parseId(value.id) ?? {};
  const kind = { sku: value.sku?.name ?? 'Basic', tier: value.sku?.tier ?? 'Regional' };
  const unfamiliar = unfamiliarIn(value);
  const group = resourceGroupReading(evidence, groupOf(value.id));
  const managedBy = present(knownOr(group, undefined))?.managedBy;
  const tags = value.tags ?? {};
  const frontends = frontendsOf(whole);
  const translation = { natRules: natRulesOf(whole), outboundRules: outboundRulesOf(whole) };
  const pools = poolsOf(whole, subscriptionId, translation);
  const probes = probesOf(whole);
  const isFamiliar = unfamiliar === undefined;
  const parts = { ...kind, isFamiliar, frontends, pools, probes };
  const joined: LoadBalancer = {
    source: whole.source,
    id: value.id,
    name: value.name,
    resourceGroup,
    subscriptionId,
    location: value.location,
    tags,
    provisioningState: value.provisioningState,
    // Azure makes one of SKU Service for a cluster alone.
    owner: is(kind.sku, 'Service') ? 'aks' : ownerOf(value.name, resourceGroup, tags, managedBy),
    group,
    managedBy,
    cluster: clusterReading(evidence, managedBy),
    hasNewerFields: hasNewerFields(value),
    ...parts,
    balancingRules: balancingRulesOf(whole, parts, () => joined),
    ...translation,
    natPools: natPoolsOf(whole),
    disagreements: [
      ...(unfamiliar === undefined
        ? []
        : [Reading.missing({ kind: 'not-known', because: unfamiliar, command: answer.command })]),
      ...disagreementsIn(value).map((because) => contradicted(because, answer.command)),
    ],
  };
  return joined;
}

/** What kind of load balancer this azlb has no rules for. `Service` and `mode` came with API 2025-09-01. */
function unfamiliarIn({ sku, mode }: LoadBalancerAnswer): string | undefined {
  const { name = 'Basic', tier = 'Regional' } = sku ?? {};
  if (!is(name, 'Basic', 'Standard', 'Gateway'))
    return `it is of SKU ${name}, which this azlb does not know: it is not judged as if it were Standard`;
  if (!is(tier, 'Regional', 'Global')) return `it is of tier ${tier}, which this azlb does not know`;
  if (mode !== undefined)
    return `it is of mode ${mode}, which this azlb does not know: it is not judged as if it were plain ${name}`;
  return undefined;
}

/** Fields that `az network lb probe|rule … update` (API 2023-04-01) would send back without. */
function hasNewerFields(value: LoadBalancerAnswer): boolean {
  return (
    value.scope !== undefined ||
    value.probes.some((probe) => is(probe.noHealthyBackendsBehavior, 'AllProbedUp')) ||
    value.loadBalancingRules.some((rule) => rule.enableConnectionTracking === true)
  );
}
