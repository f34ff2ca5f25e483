import { guid, loadBalancerOf } from './healthy.ts';
import { itemsAt, type Json, type JsonObject, objectAt, textAt } from './json.ts';
import {
  addressName,
  childId,
  idOf,
  idsOf,
  ipConfigurations,
  ipConfigurationsOf,
  lastName,
  nicIdsOf,
  parentId,
  sameId,
} from './relations.ts';
import {
  asResource,
  type Change,
  type Fault,
  type FaultKind,
  type Guest,
  type Listener,
  MACHINE_TYPES,
  NIC_TYPES,
  named,
  type Power,
  type Resource,
  resourceAt,
  resourcesOf,
  type World,
  withoutResource,
  withProperty,
  withResource,
} from './world.ts';

// Machines

export const machineNamed = (world: World, name: string): Resource => named(world, name, ...MACHINE_TYPES);

/** The NIC called so, or the first NIC of the machine called so. */
export function nicNamed(world: World, name: string): Resource {
  const machine = MACHINE_TYPES.flatMap((type) => resourcesOf(world, type)).find((each) => alike(each.name, name));
  const [first] = machine === undefined ? [] : nicIdsOf(machine);
  return first === undefined ? named(world, name, ...NIC_TYPES) : resourceAt(world, first);
}

const alike = (one: string, other: string): boolean =>
  one.toLowerCase().replaceAll('_', '-') === other.toLowerCase().replaceAll('_', '-');

function withGuest(world: World, name: string, changed: Partial<Guest>): World {
  const id = machineNamed(world, name).id.toLowerCase();
  const guest = world.guests.get(id) ?? { power: 'running', listeners: [], agentReady: true };
  return { ...world, guests: new Map(world.guests).set(id, { ...guest, ...changed }) };
}

export const power =
  (machine: string, state: Power): Change =>
  (world) =>
    withGuest(world, machine, { power: state });
export const deallocated = (machine: string): Change => power(machine, 'deallocated');
export const stopped = (machine: string): Change => power(machine, 'stopped');

export const agentNotReady =
  (machine: string): Change =>
  (world) =>
    withGuest(world, machine, { agentReady: false });

/** The machine is deleted; its NIC still names it, as after a deletion that stopped half-way. */
export const machineGone =
  (machine: string): Change =>
  (world) => {
    const gone = machineNamed(world, machine);
    return nicIdsOf(gone).reduce(
      (changed, id) => answers(id, 'properties.virtualMachine', { id: gone.id })(changed),
      withoutResource(world, gone.id),
    );
  };

/** The NIC stays in the pool and belongs to no machine. */
export const detached =
  (machine: string): Change =>
  (world) => {
    const nic = nicNamed(world, machine);
    const owner = machineNamed(world, machine);
    const others = itemsAt(owner.properties, 'networkProfile', 'networkInterfaces').filter(
      (each) => !sameId(idOf(each), nic.id),
    );
    return withProperty(world, owner.id, 'properties.networkProfile.networkInterfaces', others);
  };

/** The NIC is deleted; its machine and the pools it was in still name it. */
export const nicGone =
  (machineOrNic: string): Change =>
  (world) => {
    const nic = nicNamed(world, machineOrNic);
    const memberships = ipConfigurationsOf(nic).flatMap((configuration) =>
      idsOf(itemsAt(configuration.properties, 'loadBalancerBackendAddressPools')).map((poolId) => ({
        configuration,
        poolId,
      })),
    );
    return memberships.reduce(
      (changed, { configuration, poolId }) =>
        withKeptAddress(changed, poolId, {
          name: guid(configuration.id),
          properties: { networkInterfaceIPConfiguration: { id: configuration.id } },
        }),
      withoutResource(world, nic.id),
    );
  };

function withKeptAddress(world: World, poolId: string, address: JsonObject): World {
  const lb = resourceAt(world, parentId(poolId));
  const path = `properties.backendAddressPools[${lastName(poolId)}].properties.loadBalancerBackendAddresses`;
  const pool = itemsAt(lb.properties, 'backendAddressPools').find((each) => textAt(each, 'name') === lastName(poolId));
  const kept = itemsAt(pool, 'properties', 'loadBalancerBackendAddresses');
  const nicOf = (each: JsonObject) => idOf(objectAt(each, 'properties').networkInterfaceIPConfiguration);
  const isOwn = (each: JsonObject) => nicOf(each) !== undefined && sameId(nicOf(each), nicOf(address));
  const own = objectAt(kept.find(isOwn), 'properties');
  const merged = { ...address, properties: { ...own, ...objectAt(address, 'properties') } };
  return withProperty(world, lb.id, path, [...kept.filter((each) => !isOwn(each)), merged]);
}

// What listens in the guest

const withListeners = (
  world: World,
  machine: string,
  changed: (listeners: readonly Listener[]) => readonly Listener[],
): World =>
  withGuest(world, machine, {
    listeners: changed(world.guests.get(machineNamed(world, machine).id.toLowerCase())?.listeners ?? []),
  });

/** Nothing listens on the port any more; on none when it is left out. */
export const listenerStopped =
  (machine: string, port?: number): Change =>
  (world) =>
    withListeners(world, machine, (listeners) => listeners.filter((each) => port !== undefined && each.port !== port));

/** Listens so on its port, instead of what did. */
export const listens =
  (machine: string, listener: Listener): Change =>
  (world) =>
    withListeners(world, machine, (listeners) => [...listeners.filter(({ port }) => port !== listener.port), listener]);

/** What speaks HTTP or HTTPS answers every path with this status. */
export const answersHttp =
  (machine: string, status: number): Change =>
  (world) =>
    withListeners(world, machine, (listeners) =>
      listeners.map(({ port, speaks, statuses }) => ({
        port,
        speaks,
        ...(statuses !== undefined && {
          statuses: Object.fromEntries(Object.keys(statuses).map((path) => [path, status])),
        }),
      })),
    );

/** What speaks HTTP or HTTPS accepts connections and never answers (`silent`), or hangs up (`reset`). */
export const answersNothing =
  (machine: string, how: 'silent' | 'reset' = 'silent'): Change =>
  (world) =>
    withListeners(world, machine, (listeners) =>
      listeners.map((each) => (each.statuses === undefined ? each : { port: each.port, speaks: how })),
    );

// Security rules

export interface SecurityRule {
  readonly name?: string;
  readonly priority?: number;
  /** A port, a range or `*`. */
  readonly port?: number | string;
  readonly ports?: readonly string[];
  readonly source?: string;
  readonly sources?: readonly string[];
  readonly destination?: string;
  readonly protocol?: 'Tcp' | 'Udp' | '*';
  readonly direction?: 'Inbound' | 'Outbound';
}

function securityRuleBody(access: 'Allow' | 'Deny', rule: SecurityRule): JsonObject {
  return {
    name: rule.name ?? `${access.toLowerCase()}-${rule.port ?? 'all'}`,
    properties: {
      protocol: rule.protocol ?? '*',
      sourcePortRange: '*',
      ...(rule.ports ? { destinationPortRanges: rule.ports } : { destinationPortRange: String(rule.port ?? '*') }),
      ...(rule.sources ? { sourceAddressPrefixes: rule.sources } : { sourceAddressPrefix: rule.source ?? '*' }),
      destinationAddressPrefix: rule.destination ?? '*',
      access,
      priority: rule.priority ?? 100,
      direction: rule.direction ?? 'Inbound',
    },
  };
}

function withSecurityRule(world: World, groupId: string, body: JsonObject): World {
  const group = resourceAt(world, groupId);
  const others = itemsAt(group.properties, 'securityRules').filter((each) => each.name !== body.name);
  return withProperty(world, group.id, 'properties.securityRules', [...others, body]);
}

const onSubnet =
  (access: 'Allow' | 'Deny', rule: SecurityRule): Change =>
  (world) =>
    withSecurityRule(world, named(world, 'web-nsg').id, securityRuleBody(access, rule));

/** A rule in the security group of the members' subnet. */
export const subnetDenies = (rule: SecurityRule = {}): Change => onSubnet('Deny', rule);
export const subnetAllows = (rule: SecurityRule = {}): Change => onSubnet('Allow', rule);

/** A rule in the security group of this machine's NIC, which gets a group `<nic>-nsg` of its own if it has none. */
const onNic =
  (access: 'Allow' | 'Deny', machineOrNic: string, rule: SecurityRule): Change =>
  (world) => {
    const nic = nicNamed(world, machineOrNic);
    const existing = idOf(nic.properties.networkSecurityGroup);
    if (existing !== undefined) return withSecurityRule(world, existing, securityRuleBody(access, rule));
    const name = `${nic.name}-nsg`;
    const id = `${nic.id.split('/providers/')[0] ?? ''}/providers/Microsoft.Network/networkSecurityGroups/${name}`;
    const group = asResource({
      id,
      name,
      type: 'Microsoft.Network/networkSecurityGroups',
      location: nic.location,
      etag: `W/"${guid(name)}"`,
      tags: {},
      properties: {
        provisioningState: 'Succeeded',
        resourceGuid: guid(`${name}-guid`),
        securityRules: [securityRuleBody(access, rule)],
      },
    });
    return withProperty(withResource(world, group), nic.id, 'properties.networkSecurityGroup', { id });
  };

export const nicDenies = (machineOrNic: string, rule: SecurityRule = {}): Change => onNic('Deny', machineOrNic, rule);
export const nicAllows = (machineOrNic: string, rule: SecurityRule = {}): Change => onNic('Allow', machineOrNic, rule);

/** A security rule of the subnet's group is gone. */
export const withoutSecurityRule =
  (name: string): Change =>
  (world) => {
    const group = named(world, 'web-nsg');
    const others = itemsAt(group.properties, 'securityRules').filter((each) => each.name !== name);
    return withProperty(world, group.id, 'properties.securityRules', others);
  };

// The load balancer

const setOnLb =
  (path: string, value: Json | undefined): Change =>
  (world) =>
    withProperty(world, loadBalancerOf(world).id, path, value);

const firstName = (world: World, collection: string): string =>
  textAt(itemsAt(loadBalancerOf(world).properties, collection)[0], 'name') ?? '';

/** Changes fields of a probe, the first one unless named. `path` is its requestPath, `interval` its intervalInSeconds. */
export const probe =
  (
    {
      path,
      interval,
      threshold,
      ...fields
    }: JsonObject & { readonly path?: string | null; readonly interval?: number; readonly threshold?: number },
    name?: string,
  ): Change =>
  (world) => {
    const lb = loadBalancerOf(world);
    const which = name ?? firstName(world, 'probes');
    const own = itemsAt(lb.properties, 'probes').find((each) => each.name === which);
    const { requestPath, ...others } = { ...objectAt(own, 'properties'), ...fields };
    const changedPath = path === undefined ? requestPath : (path ?? undefined);
    return setOnLb(`properties.probes[${which}].properties`, {
      ...others,
      ...(changedPath !== undefined && { requestPath: changedPath }),
      ...(interval !== undefined && { intervalInSeconds: interval }),
      ...(threshold !== undefined && { probeThreshold: threshold }),
    })(world);
  };

export const withoutProbe =
  (balancingRule?: string): Change =>
  (world) =>
    setOnLb(
      `properties.loadBalancingRules[${balancingRule ?? firstName(world, 'loadBalancingRules')}].properties.probe`,
      undefined,
    )(world);

/** Changes fields of a balancing rule, the first one unless named. */
export const balancingRule =
  (fields: JsonObject, name?: string): Change =>
  (world) => {
    const which = name ?? firstName(world, 'loadBalancingRules');
    const own = itemsAt(loadBalancerOf(world).properties, 'loadBalancingRules').find((each) => each.name === which);
    return setOnLb(`properties.loadBalancingRules[${which}].properties`, { ...objectAt(own, 'properties'), ...fields })(
      world,
    );
  };

export const allProbedUp = (name?: string): Change => probe({ noHealthyBackendsBehavior: 'AllProbedUp' }, name);

/** Nobody is in the pool, the first one unless named. */
export const emptyPool =
  (name?: string): Change =>
  (world) => {
    const lb = loadBalancerOf(world);
    const which = name ?? firstName(world, 'backendAddressPools');
    const poolId = childId(lb, 'backendAddressPools', which);
    const left = ipConfigurations(world).reduce((changed, { nic }) => withoutPool(changed, nic.id, poolId), world);
    return withProperty(
      left,
      lb.id,
      `properties.backendAddressPools[${which}].properties.loadBalancerBackendAddresses`,
      [],
    );
  };

function withoutPool(world: World, nicId: string, poolId: string): World {
  const nic = resourceAt(world, nicId);
  const configurations = itemsAt(nic.properties, 'ipConfigurations').map((each) => ({
    ...each,
    properties: {
      ...objectAt(each, 'properties'),
      loadBalancerBackendAddressPools: itemsAt(each, 'properties', 'loadBalancerBackendAddressPools').filter(
        (pool) => !sameId(idOf(pool), poolId),
      ),
    },
  }));
  return withProperty(world, nicId, 'properties.ipConfigurations', configurations);
}

/** The machine's NIC is in none of the pool's addresses, the first pool unless named. */
export const notInPool =
  (machineOrNic: string, pool?: string): Change =>
  (world) => {
    const lb = loadBalancerOf(world);
    return withoutPool(
      world,
      nicNamed(world, machineOrNic).id,
      childId(lb, 'backendAddressPools', pool ?? firstName(world, 'backendAddressPools')),
    );
  };

/** Admin state of a member in every pool it is in; for an IP pool the member's machine or address name. */
export const adminState =
  (member: string, state: 'Up' | 'Down' | 'None'): Change =>
  (world) => {
    const lb = loadBalancerOf(world);
    const pools = itemsAt(lb.properties, 'backendAddressPools');
    const ipPool = pools.find((pool) =>
      itemsAt(pool, 'properties', 'loadBalancerBackendAddresses').some(
        (address) => textAt(address, 'name') === member && textAt(address, 'properties', 'ipAddress') !== undefined,
      ),
    );
    if (ipPool !== undefined) {
      return withProperty(
        world,
        lb.id,
        `properties.backendAddressPools[${textAt(ipPool, 'name') ?? ''}].properties.loadBalancerBackendAddresses[${member}].properties.adminState`,
        state,
      );
    }
    return ipConfigurationsOf(nicNamed(world, member)).reduce((changed, configuration) => {
      const poolIds = idsOf(itemsAt(configuration.properties, 'loadBalancerBackendAddressPools'));
      return poolIds.reduce(
        (next, poolId) =>
          withKeptAddress(next, poolId, {
            name: addressName(configuration),
            properties: { adminState: state, networkInterfaceIPConfiguration: { id: configuration.id } },
          }),
        changed,
      );
    }, world);
  };

// Scale sets

/** The instance was not brought to its set's model, and its NIC is not in the pool. */
export const instanceBehindModel =
  (instance: string): Change =>
  (world) => {
    const machine = machineNamed(world, instance);
    const lb = loadBalancerOf(world);
    const poolId = childId(lb, 'backendAddressPools', firstName(world, 'backendAddressPools'));
    const left = nicIdsOf(machine).reduce((changed, nicId) => withoutPool(changed, nicId, poolId), world);
    return withProperty(left, machine.id, 'properties.latestModelApplied', false);
  };

const modelPools =
  'properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[0].properties.ipConfigurations[0].properties.loadBalancerBackendAddressPools';

/** The scale set's model does not reference the pool; its instances are in it all the same. */
export const modelLacksPool =
  (scaleSet?: string): Change =>
  (world) => {
    const [first] = resourcesOf(world, 'Microsoft.Compute/virtualMachineScaleSets');
    return withProperty(
      world,
      scaleSet === undefined ? (first?.id ?? '') : named(world, scaleSet).id,
      modelPools,
      undefined,
    );
  };

// What Azure says

/** The health action gives this reason code for a member: a machine, NIC, address name or IP address. */
export const healthReason =
  (member: string, reason: string, balancingRule?: string, state?: string): Change =>
  (world) => ({
    ...world,
    reasons: [
      { member, reason, ...(balancingRule !== undefined && { balancingRule }), ...(state !== undefined && { state }) },
      ...world.reasons,
    ],
  });

/** DipAvailability of a member in the last minutes, oldest first; the last value is not there yet in Azure. */
export const availability =
  (member: string, values: readonly number[]): Change =>
  (world) => {
    const address = /^[\d.]+$|:/.test(member)
      ? member
      : textAt(ipConfigurationsOf(nicNamed(world, member))[0]?.properties, 'privateIPAddress');
    return { ...world, availability: new Map(world.availability).set(address ?? '', values) };
  };

/** Azure Monitor's newest value is this old. */
export const metricsAreOld =
  (minutes: number): Change =>
  (world) => ({ ...world, metricsAge: minutes });

/** `on` is a pattern for `METHOD /path?query`, or a resource's id or name: then every GET of it. */
export const fault =
  ({ on, kind, times }: { readonly on: RegExp | string; readonly kind: FaultKind; readonly times?: number }): Change =>
  (world) => {
    const entry: Fault = {
      on: typeof on === 'string' ? getOf(world, on) : on,
      kind,
      ...(times !== undefined && { times }),
    };
    return { ...world, faults: [...world.faults, entry] };
  };

function getOf(world: World, idOrName: string): RegExp {
  const id = idOrName.startsWith('/') ? idOrName : named(world, idOrName).id;
  return new RegExp(`^GET ${id.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(\\?|$)`, 'i');
}

/** A Reader's rights: every POST action is refused. */
export const readerOnly = (): Change => fault({ on: /^POST (?!\/batch)/, kind: 'denied' });
export const healthDenied = (): Change => fault({ on: /^POST .*\/health(\?|$)/, kind: 'denied' });
export const metricsDenied = (): Change => fault({ on: /^GET .*\/microsoft\.insights\/metrics/, kind: 'denied' });

// Anything

/** Sets what is stored: `set('web-lb', 'properties.probes[web-probe].properties.port', 9000)`; undefined removes. */
export const set =
  (idOrName: string, path: string, value: Json | undefined): Change =>
  (world) =>
    withProperty(world, idOrName, path, value);

/** Makes Azure answer so in spite of what is stored: a stale back-reference, a null, other letter case. */
export const answers =
  (idOrName: string, path: string, value: Json | undefined): Change =>
  (world) => ({
    ...world,
    answers: [
      ...world.answers,
      [(idOrName.startsWith('/') ? idOrName : named(world, idOrName).id).toLowerCase(), path, value],
    ],
  });

/** A resource besides those of the healthy world. */
export const also =
  (body: JsonObject): Change =>
  (world) =>
    withResource(world, asResource(body));

/** The resource is deleted; what refers to it still does. */
export const gone =
  (idOrName: string): Change =>
  (world) =>
    withoutResource(world, idOrName.startsWith('/') ? idOrName : named(world, idOrName).id);

/** Puts a child (`probes`, `loadBalancingRules`, `outboundRules`, …) into the load balancer. */
export const addedToLb =
  (collection: string, child: JsonObject): Change =>
  (world) => {
    const lb = loadBalancerOf(world);
    return withProperty(world, lb.id, `properties.${collection}`, [...itemsAt(lb.properties, collection), child]);
  };
