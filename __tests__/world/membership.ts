import { loadBalancerOf } from './healthy.ts';
import { itemsAt, type JsonObject, objectAt, textAt } from './json.ts';
import { idOf, lastName, parentId, sameId } from './relations.ts';
import { resourceAt, type World, withProperty } from './world.ts';

/** Name of the load balancer's first child of a collection. */
export const firstName = (world: World, collection: string): string =>
  textAt(itemsAt(loadBalancerOf(world).properties, collection)[0], 'name') ?? '';

/** Puts into the pool what it keeps of a member itself: its admin state, or the reference to a NIC that is gone. */
export function withKeptAddress(world: World, poolId: string, address: JsonObject): World {
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

/** Takes a NIC out of a pool. */
export function withoutPool(world: World, nicId: string, poolId: string): World {
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
