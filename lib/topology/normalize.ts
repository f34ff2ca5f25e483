import type { LoadBalancerAnswer } from '../../schemas/az/load-balancer.generated.ts';
import { idKey, lastSegment, parseId } from '../azure/ids.ts';
import { is } from '../azure/words.ts';
import { type Evidence, type Read, reading } from '../evidence/evidence.ts';
import { knownOr } from '../evidence/open.ts';
import { loadBalancer as loadBalancerQuestion } from '../evidence/questions/load-balancer.ts';
import { Reading } from '../evidence/reading.ts';
import type { Source } from '../evidence/source.ts';
import { disagreementsIn } from './back-references.ts';
import { scaleSetReading } from './compute.ts';
import { frontendAddress } from './frontend-address.ts';
import { contradicted, isThere, outOfSight, present, unlessGone } from './gone.ts';
import { agreedHealth, isMeasured, metricReading, reasonsReading } from './health.ts';
import { lazy } from './lazy.ts';
import { clusterReading } from './managed-cluster.ts';
import { entriesOf, JoinedMember, memberNames, type Surroundings } from './members.ts';
import type {
  BalancingRule,
  Frontend,
  Gone,
  LoadBalancer,
  Member,
  NatRule,
  OutboundRule,
  Pool,
  Probe,
  ScaleSetInPool,
  Topology,
} from './model.ts';
import { ownerOf } from './owner.ts';
import { privateLinkServicesAt } from './private-link.ts';
import { resourceGroupReading } from './resource-group.ts';
import { scaleSetsAround } from './scale-sets-around.ts';
import { SharedParts } from './shared-parts.ts';

/** The evidence about one load balancer, joined: the only place that follows ids. */
export function normalize(evidence: Evidence, id: string): Reading<Topology | Gone> {
  return reading(evidence, loadBalancerQuestion, id).map((answer) =>
    unlessGone(answer, (read) => ({ loadBalancer: loadBalancerFrom(read, evidence) })),
  );
}

type Items<K extends keyof LoadBalancerAnswer> = NonNullable<LoadBalancerAnswer[K]>;

function loadBalancerFrom({ answer, value }: Read<LoadBalancerAnswer>, evidence: Evidence): LoadBalancer {
  const source: Source = { answer };
  const id = parseId(value.id);
  const sku = value.sku?.name ?? 'Basic';
  const tier = value.sku?.tier ?? 'Regional';
  const unfamiliar = unfamiliarIn(value);
  const isFamiliar = unfamiliar === undefined;
  const parts = new SharedParts(evidence);
  const group = resourceGroupReading(evidence, value.id.split('/').slice(0, 5).join('/'));
  const groupIfRead = knownOr(group, undefined);
  const managedBy = present(groupIfRead)?.managedBy;
  const frontends = value.frontendIPConfigurations.map((item, index): Frontend => {
    const subnetId = item.subnet?.id;
    return {
      source: { parent: source, key: 'frontendIPConfigurations', index },
      id: item.id,
      name: item.name,
      kind: item.publicIPAddress || item.publicIPPrefix ? 'public' : 'internal',
      privateIPAddress: item.privateIPAddress,
      privateIPAddressVersion: item.privateIPAddressVersion,
      zones: item.zones,
      publicIPId: item.publicIPAddress?.id,
      address: frontendAddress(evidence, item),
      subnetId,
      subnet: subnetId === undefined ? undefined : parts.subnet(subnetId),
      get privateLinkServices() {
        return privateLinkServicesAt(evidence, item.id);
      },
    };
  });
  const frontendOf = byId(frontends);

  const natRules = [
    ...(value.inboundNatRules ?? []).map((item, index) =>
      natRuleFrom(item, { parent: source, key: 'inboundNatRules', index }),
    ),
  ];
  const natPools = (value.inboundNatPools ?? []).map((item, index) =>
    natRuleFrom(item, { parent: source, key: 'inboundNatPools', index }),
  );
  const outboundRules = (value.outboundRules ?? []).map(
    (item, index): OutboundRule => ({
      source: { parent: source, key: 'outboundRules', index },
      id: item.id,
      name: item.name,
      protocol: item.protocol,
      allocatedOutboundPorts: item.allocatedOutboundPorts,
      frontendIds: (item.frontendIPConfigurations ?? []).map((frontend) => frontend.id),
      poolId: item.backendAddressPool?.id,
    }),
  );

  // Rules, pools and probes point at one another: a pool's or probe's list of its rules is filled as these are made.
  const listsOfRules = new Map<string, BalancingRule[]>();
  const rulesAt = (id: string): BalancingRule[] => {
    const list = listsOfRules.get(idKey(id)) ?? [];
    listsOfRules.set(idKey(id), list);
    return list;
  };
  const around: Surroundings = {
    evidence,
    parts,
    loadBalancerId: value.id,
    subscriptionId: id?.subscriptionId ?? '',
    representative: (member) => representatives().get(member),
  };
  const pools = value.backendAddressPools.map((item, index) =>
    poolFrom(item, { parent: source, key: 'backendAddressPools', index }),
  );
  const poolOf = byId(pools);
  const representatives = lazy(() => representativeNics(pools.flatMap((pool) => pool.members)));
  const probes = value.probes.map(
    (item, index): Probe => ({
      source: { parent: source, key: 'probes', index },
      id: item.id,
      name: item.name,
      protocol: item.protocol,
      port: item.port,
      intervalInSeconds: item.intervalInSeconds,
      numberOfProbes: item.numberOfProbes,
      probeThreshold: item.probeThreshold,
      requestPath: item.requestPath,
      noHealthyBackendsBehavior: item.noHealthyBackendsBehavior,
      provisioningState: item.provisioningState,
      balancingRules: rulesAt(item.id),
    }),
  );
  const probeOf = byId(probes);
  const balancingRules = value.loadBalancingRules.map(ruleFrom);

  function poolFrom(item: Items<'backendAddressPools'>[number], poolSource: Source): Pool {
    const entries = entriesOf(item, poolSource);
    const names = memberNames(entries);
    const members: Member[] = [];
    const scaleSets: ScaleSetInPool[] = [];
    const pool: Pool = {
      source: poolSource,
      id: item.id,
      name: item.name,
      kind: kindOf(entries),
      syncMode: item.syncMode,
      provisioningState: item.provisioningState,
      virtualNetworkId: item.virtualNetwork?.id,
      loadBalancerBackendAddresses: item.loadBalancerBackendAddresses?.map(({ name }) => name ?? ''),
      backendIPConfigurations: item.backendIPConfigurations?.map(({ id: configurationId }) => configurationId),
      members,
      balancingRules: rulesAt(item.id),
      natRules: natRules.filter(({ poolId }) => poolId !== undefined && idKey(poolId) === idKey(item.id)),
      outboundRules: outboundRules.filter(({ poolId }) => poolId !== undefined && idKey(poolId) === idKey(item.id)),
      scaleSets,
      get scaleSetsAround() {
        return scaleSetsAround(evidence, { poolId: item.id, groupId: value.id.split('/').slice(0, 5).join('/') });
      },
    };
    entries.forEach((entry, at) => {
      members.push(new JoinedMember(entry, names[at] ?? '', pool, around));
    });
    scaleSets.push(...scaleSetsOf(evidence, pool));
    return pool;
  }

  function ruleFrom(item: Items<'loadBalancingRules'>[number], index: number): BalancingRule {
    const single = item.backendAddressPool ? [item.backendAddressPool] : [];
    const poolIds = [
      ...new Map([...single, ...(item.backendAddressPools ?? [])].map((pool) => [idKey(pool.id), pool.id])).values(),
    ];
    const rulePools = poolIds.flatMap((poolId) => poolOf.get(idKey(poolId)) ?? []);
    const frontend = frontendOf.get(idKey(item.frontendIPConfiguration?.id ?? ''));
    const probe = probeOf.get(idKey(item.probe?.id ?? ''));
    const members = rulePools.flatMap((pool) => pool.members);
    const reasons = reasonsReading(evidence, item.id, members, is(tier, 'Global'));
    const rule: BalancingRule = {
      get loadBalancer() {
        return joined;
      },
      source: { parent: source, key: 'loadBalancingRules', index },
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
      pools: rulePools,
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
    for (const id of [...poolIds, ...(item.probe ? [item.probe.id] : [])]) rulesAt(id).push(rule);
    return rule;
  }

  const joined: LoadBalancer = {
    source,
    id: value.id,
    name: value.name,
    resourceGroup: id?.resourceGroup ?? '',
    subscriptionId: id?.subscriptionId ?? '',
    location: value.location,
    sku,
    tier,
    tags: value.tags ?? {},
    provisioningState: value.provisioningState,
    // Azure makes one of SKU Service for a cluster alone.
    owner: is(sku, 'Service') ? 'aks' : ownerOf(value.name, id?.resourceGroup ?? '', value.tags ?? {}, managedBy),
    group,
    managedBy,
    cluster: clusterReading(evidence, managedBy),
    hasNewerFields: hasNewerFields(value),
    frontends,
    pools,
    probes,
    balancingRules,
    natRules,
    natPools,
    outboundRules,
    isFamiliar,
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

function byId<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [idKey(item.id), item]));
}

function natRuleFrom(
  item: Items<'inboundNatRules'>[number] | Items<'inboundNatPools'>[number],
  source: Source,
): NatRule {
  return {
    source,
    id: item.id,
    name: item.name,
    protocol: item.protocol,
    frontendId: item.frontendIPConfiguration?.id,
    frontendPort: 'frontendPort' in item ? item.frontendPort : undefined,
    frontendPortRangeStart: item.frontendPortRangeStart,
    frontendPortRangeEnd: item.frontendPortRangeEnd,
    backendPort: item.backendPort,
    poolId: 'backendAddressPool' in item ? item.backendAddressPool?.id : undefined,
    ipConfigurationId: 'backendIPConfiguration' in item ? item.backendIPConfiguration?.id : undefined,
  };
}

function kindOf(entries: ReturnType<typeof entriesOf>): Pool['kind'] {
  if (entries.length === 0) return 'empty';
  if (entries.some(({ ipConfigurationId }) => ipConfigurationId !== undefined)) return 'nic';
  return entries.some(({ address }) => address?.loadBalancerFrontendIPConfiguration) ? 'frontend' : 'ip';
}

/** Fields that `az network lb probe|rule … update` (API 2023-04-01) would send back without. */
function hasNewerFields(value: LoadBalancerAnswer): boolean {
  return (
    value.scope !== undefined ||
    value.probes.some((probe) => is(probe.noHealthyBackendsBehavior, 'AllProbedUp')) ||
    value.loadBalancingRules.some((rule) => rule.enableConnectionTracking === true)
  );
}

function scaleSetsOf(evidence: Evidence, pool: Pool): readonly ScaleSetInPool[] {
  const sets = new Map<string, { id: string; members: Member[] }>();
  for (const member of pool.members) {
    const machine = knownOr(member.machine, undefined);
    const id = member.instance?.scaleSetId ?? present(machine)?.scaleSetId;
    if (id === undefined) continue;
    const set = sets.get(idKey(id)) ?? { id, members: [] };
    set.members.push(member);
    sets.set(idKey(id), set);
  }
  return [...sets.values()].map(({ id, members }) => ({
    id,
    name: lastSegment(id),
    pool,
    members,
    // Its instances are members: it is there.
    set: scaleSetReading(evidence, id).andThen((set) => (set.gone ? outOfSight(set) : Reading.known(set))),
  }));
}

/** For each member the interface that stands for its class: the first whose machine runs, of those with equal groups. */
function representativeNics(members: readonly Member[]): ReadonlyMap<Member, string> {
  const chosen = new Map<string, string>();
  const classes = new Map<Member, string>();
  for (const member of members) {
    const nic = knownOr(member.nic, undefined);
    const machine = knownOr(member.machine, undefined);
    if (!isThere(nic)) continue;
    const subnet = knownOr(member.ipConfiguration, undefined);
    const subnetId = isThere(subnet) ? (subnet.subnetId ?? '') : '';
    const key = idKey(`${nic.securityGroupId ?? ''} ${subnetId}`);
    classes.set(member, key);
    const runs = isThere(machine) && machine.powerState === 'running';
    if (runs && !chosen.has(key)) chosen.set(key, nic.id);
  }
  return new Map(
    [...classes].flatMap(([member, key]) => {
      const nicId = chosen.get(key);
      return nicId === undefined ? [] : [[member, nicId] as const];
    }),
  );
}
