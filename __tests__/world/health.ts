import { itemsAt, type JsonObject, numberAt, objectAt, textAt } from './json.ts';
import {
  addressesOf,
  childId,
  childOf,
  frontendAddress,
  type IpConfiguration,
  idOf,
  ipConfigurations,
  machineOf,
  type PoolAddress,
  parentId,
  poolIdsOf,
  sameId,
} from './relations.ts';
import { admits, PROBE_SOURCE, PROBE_SOURCE_IPV6 } from './security.ts';
import { type Guest, type Listener, type Resource, resourcesOf, type World } from './world.ts';

export interface MemberHealth {
  readonly ipAddress: string;
  readonly configurationId: string | undefined;
  readonly state: string;
  readonly reason: string;
}

/** What health tells of one balancing rule's members; members without a running machine are not in it. */
export function healthOf(world: World, lb: Resource, balancingRule: JsonObject): readonly MemberHealth[] {
  const probe = childOf(lb, 'probes', objectAt(balancingRule, 'properties').probe);
  const members = membersOf(world, lb, balancingRule).filter(({ machine, configuration, address }) => {
    const isRunning = machine !== undefined && powerOf(world, machine) === 'running';
    return isRunning || (configuration === undefined && address.configurationId === undefined);
  });
  const probed = members.map((member) => ({ ...member, reason: reasonOf(world, lb, member, probe) }));
  const allDown = probed.every(({ reason }) => reason.startsWith('Down_Probe'));
  const allUp = allDown && textAt(probe, 'properties', 'noHealthyBackendsBehavior') === 'AllProbedUp';
  return probed.map((member) => {
    const override = world.reasons.find(
      (each) =>
        isAbout(each.member, member) &&
        (each.balancingRule === undefined || each.balancingRule === textAt(balancingRule, 'name')),
    );
    const reason = override?.reason ?? (allUp ? 'Up_Probe_AllDownIsUp' : member.reason);
    return {
      ipAddress: member.ipAddress,
      configurationId: member.address.configurationId,
      state: override?.state ?? /^(Up|Down)_/.exec(reason)?.[1] ?? 'Unknown',
      reason,
    };
  });
}

export interface Member {
  readonly address: PoolAddress;
  readonly ipAddress: string;
  readonly configuration: IpConfiguration | undefined;
  readonly machine: Resource | undefined;
}

export function membersOf(world: World, lb: Resource, balancingRule: JsonObject): readonly Member[] {
  return poolIdsOf(balancingRule).flatMap((poolId) => {
    const pool = childOf(lb, 'backendAddressPools', { id: poolId });
    return pool === undefined ? [] : addressesOf(world, pool, poolId).map((address) => member(world, address));
  });
}

function member(world: World, address: PoolAddress): Member {
  const ip = textAt(address.properties, 'ipAddress');
  const configuration =
    address.configuration ??
    (ip === undefined
      ? undefined
      : ipConfigurations(world).find(({ properties }) => textAt(properties, 'privateIPAddress') === ip));
  return {
    address,
    ipAddress: ip ?? textAt(configuration?.properties, 'privateIPAddress') ?? regionalAddress(world, address) ?? '',
    configuration,
    machine: configuration === undefined ? undefined : machineOf(world, configuration.nic.id),
  };
}

function isAbout(name: string, { address, configuration, machine, ipAddress }: Member): boolean {
  const like = (text: string | undefined) => text?.toLowerCase().replaceAll('_', '-');
  const names = [address.name, ipAddress, machine?.name, machine?.id, configuration?.nic.name, configuration?.nic.id];
  return names.some((each) => like(each) === like(name));
}

export const powerOf = (world: World, machine: Resource): Guest['power'] =>
  world.guests.get(machine.id.toLowerCase())?.power ?? 'running';

/** Why the platform counts the member up or down, as the world is. */
export function reasonOf(world: World, lb: Resource, member: Member, probe: JsonObject | undefined): string {
  const adminState = textAt(member.address.properties, 'adminState');
  if (adminState === 'Down') return 'Down_Admin';
  if (adminState === 'Up') return 'Up_Admin';
  if (textAt(lb, 'sku', 'tier') === 'Global') return regionalReason(world, member.address);
  const port = numberAt(probe, 'properties', 'port') ?? 0;
  const { configuration, machine } = member;
  if (configuration === undefined || machine === undefined) return 'Down_Probe_TcpProbeTimeout';
  const from = member.ipAddress.includes(':') ? PROBE_SOURCE_IPV6 : PROBE_SOURCE;
  if (!admits(world, { from, to: configuration, port })) return 'Down_Probe_TcpProbeTimeout';
  const listener = world.guests.get(machine.id.toLowerCase())?.listeners.find((each) => each.port === port);
  return listener === undefined ? 'Down_Probe_TcpProbeTimeout' : answerTo(objectAt(probe, 'properties'), listener);
}

function answerTo(probe: JsonObject, { speaks, statuses }: Listener): string {
  const protocol = textAt(probe, 'protocol')?.toLowerCase();
  if (protocol === 'tcp') return 'Up_Probe_Success';
  if (speaks === 'silent') return 'Down_Probe_HttpNoResponse';
  if (speaks !== protocol) return 'Down_Probe_HttpEndpointUnreachable';
  const path = textAt(probe, 'requestPath') ?? '/';
  // Relative paths are supported (load-balancer-custom-probe-overview).
  const status = statuses === undefined ? 200 : (statuses[path] ?? statuses[`/${path}`] ?? 404);
  return status === 200 ? 'Up_Probe_Success' : 'Down_Probe_HttpStatusCodeError';
}

const regionalFrontendId = (address: PoolAddress): string | undefined =>
  idOf(address.properties.loadBalancerFrontendIPConfiguration);

const regionalLoadBalancer = (world: World, address: PoolAddress): Resource | undefined =>
  world.resources.get(parentId(regionalFrontendId(address) ?? '').toLowerCase());

function regionalAddress(world: World, address: PoolAddress): string | undefined {
  const regional = regionalLoadBalancer(world, address);
  return (
    regional &&
    frontendAddress(world, childOf(regional, 'frontendIPConfigurations', { id: regionalFrontendId(address) }))
  );
}

/** A Global load balancer's member is a regional one's frontend: up while that has a healthy member. */
function regionalReason(world: World, address: PoolAddress): string {
  const regional = regionalLoadBalancer(world, address);
  const hasHealthy = itemsAt(regional?.properties, 'loadBalancingRules').some(
    (rule) =>
      regional !== undefined &&
      sameId(idOf(objectAt(rule, 'properties').frontendIPConfiguration), regionalFrontendId(address)) &&
      healthOf(world, regional, rule).some(({ state }) => state === 'Up'),
  );
  return hasHealthy ? 'Up_Probe_Success' : 'Down_Probe_NoHealthyBackend';
}

/** Why Azure refuses the health action for this balancing rule, if it does. */
export function healthRefusal(lb: Resource, balancingRule: JsonObject): string | undefined {
  const sku = textAt(lb, 'sku', 'name');
  if (sku !== 'Standard') return `Health status is not supported for load balancers of SKU ${sku ?? 'Basic'}.`;
  const isProbed =
    textAt(lb, 'sku', 'tier') === 'Global' ||
    childOf(lb, 'probes', objectAt(balancingRule, 'properties').probe) !== undefined;
  return isProbed
    ? undefined
    : `Health status is not supported for load balancing rule ${textAt(balancingRule, 'name')} without a health probe.`;
}

export function healthBody(world: World, lb: Resource, balancingRule: JsonObject): JsonObject {
  const members = healthOf(world, lb, balancingRule);
  return {
    up: members.filter(({ state }) => state === 'Up').length,
    down: members.filter(({ state }) => state === 'Down').length,
    loadBalancerBackendAddresses: members.map(({ ipAddress, configurationId, state, reason }) => ({
      ipAddress,
      // The documented example spells this segment so, unlike every other id.
      ...(configurationId !== undefined && {
        networkInterfaceIPConfigurationId: configurationId.replace('/ipConfigurations/', '/IpConfigurations/'),
      }),
      state,
      reason,
    })),
  };
}

/** Every balancing rule of every load balancer in a world, with its load balancer. */
export const balancingRulesOf = (world: World): readonly { lb: Resource; balancingRule: JsonObject; id: string }[] =>
  resourcesOf(world, 'Microsoft.Network/loadBalancers').flatMap((lb) =>
    itemsAt(lb.properties, 'loadBalancingRules').map((balancingRule) => ({
      lb,
      balancingRule,
      id: childId(lb, 'loadBalancingRules', textAt(balancingRule, 'name')),
    })),
  );
