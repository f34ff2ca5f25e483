import { isObject, itemsAt, type Json, type JsonObject, objectAt, textAt, textsAt } from './json.ts';
import { MACHINE_TYPES, NIC_TYPES, type Resource, resourcesOf, type World } from './world.ts';

/** A NIC's IP configuration; its id is `…/ipConfigurations/name`. */
export interface IpConfiguration {
  readonly id: string;
  readonly nic: Resource;
  readonly properties: JsonObject;
}

export const sameId = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && one.toLowerCase() === other?.toLowerCase();

export const idOf = (reference: Json | undefined): string | undefined => textAt(reference, 'id');

export const idsOf = (references: readonly JsonObject[]): readonly string[] =>
  references.map((each) => textAt(each, 'id')).filter((id) => id !== undefined);

export const childId = (parent: { readonly id: string }, collection: string, name: string | undefined): string =>
  `${parent.id}/${collection}/${name ?? ''}`;

/** The id up to its last two segments. */
export const parentId = (id: string): string => id.split('/').slice(0, -2).join('/');

export const lastName = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

// Relations are asked for many times in one rendering; a world never changes, so what was found once holds.
const nicCache = new WeakMap<World, readonly Resource[]>();
const ownerCache = new WeakMap<World, ReadonlyMap<string, Resource>>();

export function nics(world: World): readonly Resource[] {
  const known = nicCache.get(world);
  if (known !== undefined) return known;
  const found = NIC_TYPES.flatMap((type) => resourcesOf(world, type));
  nicCache.set(world, found);
  return found;
}

export const ipConfigurations = (world: World): readonly IpConfiguration[] => nics(world).flatMap(ipConfigurationsOf);

export const ipConfigurationsOf = (nic: Resource): readonly IpConfiguration[] =>
  itemsAt(nic.properties, 'ipConfigurations').map((each) => ({
    id: childId(nic, 'ipConfigurations', textAt(each, 'name')),
    nic,
    properties: objectAt(each, 'properties'),
  }));

/** Which machine has which NIC is kept on the machine, as in Azure; a NIC's `virtualMachine` follows from it. */
export function machineOf(world: World, nicId: string): Resource | undefined {
  let owners = ownerCache.get(world);
  if (owners === undefined) {
    owners = new Map(
      MACHINE_TYPES.flatMap((type) => resourcesOf(world, type)).flatMap((machine) =>
        nicIdsOf(machine).map((id) => [id.toLowerCase(), machine] as const),
      ),
    );
    ownerCache.set(world, owners);
  }
  return owners.get(nicId.toLowerCase());
}

export const nicIdsOf = (machine: Resource): readonly string[] =>
  idsOf(itemsAt(machine.properties, 'networkProfile', 'networkInterfaces'));

export const inPool = (configuration: IpConfiguration, poolId: string): boolean =>
  idsOf(itemsAt(configuration.properties, 'loadBalancerBackendAddressPools')).some((id) => sameId(id, poolId));

/** az names a NIC pool's address so when it adds one. */
export const addressName = ({ id, nic }: IpConfiguration): string =>
  `${nic.id.split('/')[4] ?? ''}_${nic.id
    .split('/')
    .slice(8)
    .filter((_, index) => index !== 1 && index !== 3)
    .join('_')}${lastName(id)}`;

/** One member of a pool, as Azure lists it. */
export interface PoolAddress {
  readonly name: string;
  readonly properties: JsonObject;
  /** The NIC configuration of a NIC pool's member; its NIC may be gone. */
  readonly configurationId: string | undefined;
  readonly configuration: IpConfiguration | undefined;
}

/**
 * Membership in a NIC pool is kept on the NIC. What the pool itself keeps of such a member is its admin state, and, when
 * the NIC is gone, the reference that is left.
 */
export function addressesOf(world: World, pool: JsonObject, poolId: string): readonly PoolAddress[] {
  const kept = itemsAt(pool, 'properties', 'loadBalancerBackendAddresses');
  const members = ipConfigurations(world).filter((configuration) => inPool(configuration, poolId));
  const nicIds = new Set(nics(world).map((nic) => nic.id.toLowerCase()));
  const ofNics = members.map((configuration) => {
    const name = addressName(configuration);
    const own = kept.find(
      (each) =>
        sameId(nicConfigurationOf(each), configuration.id) ||
        textAt(each, 'name')?.toLowerCase() === name.toLowerCase(),
    );
    return {
      name: textAt(own, 'name') ?? name,
      properties: { ...objectAt(own, 'properties'), networkInterfaceIPConfiguration: { id: configuration.id } },
      configurationId: configuration.id,
      configuration,
    };
  });
  const names = new Set(ofNics.map(({ name }) => name));
  const others = kept
    .filter((each) => {
      const configurationId = nicConfigurationOf(each);
      if (configurationId !== undefined) return !nicIds.has(parentId(configurationId).toLowerCase());
      return !names.has(textAt(each, 'name') ?? '') && keepsAddress(each);
    })
    .map((each) => ({
      name: textAt(each, 'name') ?? '',
      properties: objectAt(each, 'properties'),
      configurationId: nicConfigurationOf(each),
      configuration: undefined,
    }));
  return [...ofNics, ...others];
}

const keepsAddress = (address: JsonObject): boolean =>
  textAt(address, 'properties', 'ipAddress') !== undefined ||
  isObject(objectAt(address, 'properties').loadBalancerFrontendIPConfiguration);

const nicConfigurationOf = (address: JsonObject): string | undefined =>
  idOf(objectAt(address, 'properties', 'networkInterfaceIPConfiguration'));

/** Ids of the pools a balancing rule sends to. */
export function poolIdsOf(balancingRule: JsonObject): readonly string[] {
  const { backendAddressPool } = objectAt(balancingRule, 'properties');
  const ids = [...idsOf(itemsAt(balancingRule, 'properties', 'backendAddressPools')), idOf(backendAddressPool) ?? ''];
  return [...new Set(ids.filter((id) => id !== ''))];
}

/** The child of a load balancer that a reference names, if it is this load balancer's. */
export function childOf(parent: Resource, collection: string, reference: Json | undefined): JsonObject | undefined {
  const id = idOf(reference);
  return itemsAt(parent.properties, collection).find((each) =>
    sameId(childId(parent, collection, textAt(each, 'name')), id),
  );
}

/** The address behind a frontend: its own, or its public IP's. */
export function frontendAddress(world: World, frontend: JsonObject | undefined): string | undefined {
  const own = textAt(frontend, 'properties', 'privateIPAddress');
  if (own !== undefined) return own;
  const publicIp = idOf(objectAt(frontend, 'properties', 'publicIPAddress'));
  return publicIp === undefined
    ? undefined
    : textAt(world.resources.get(publicIp.toLowerCase()), 'properties', 'ipAddress');
}

/** The network with this subnet, and the subnet. */
export function subnetAt(
  world: World,
  subnetId: string | undefined,
): { network: Resource; subnet: JsonObject } | undefined {
  if (subnetId === undefined) return undefined;
  const network = world.resources.get(parentId(subnetId).toLowerCase());
  const subnet = itemsAt(network?.properties, 'subnets').find(
    (each) => textAt(each, 'name')?.toLowerCase() === lastName(subnetId).toLowerCase(),
  );
  return network === undefined || subnet === undefined ? undefined : { network, subnet };
}

export const prefixesOf = (network: Resource | undefined): readonly string[] =>
  textsAt(network?.properties, 'addressSpace', 'addressPrefixes');
