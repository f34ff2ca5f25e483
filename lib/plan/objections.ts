import { idKey, lastSegment, parentId, sameId, sameName } from '../azure/ids.ts';
import { is } from '../azure/words.ts';
import { knownOr } from '../evidence/open.ts';
import type { Expectation } from '../expect/expectation.ts';
import { isSubnet } from '../expect/naming.ts';
import { addressFamily, type Family } from '../network/address.ts';
import { present } from '../topology/gone.ts';
import type { LoadBalancer, Pool } from '../topology/model.ts';
import { collisionsOf } from './collisions.ts';
import { type Candidate, networksOf, type Place, takesAddresses, versionOf } from './place.ts';

export interface Joining {
  readonly pool: Pool;
  readonly candidates: readonly Candidate[];
  readonly expectation: Expectation | undefined;
  /** Other load balancers in whose pools they are. */
  readonly others: readonly LoadBalancer[];
  /** By id, in lower case. */
  readonly publicSkus: ReadonlyMap<string, string>;
  readonly unread: readonly string[];
}

/** Why Azure or its owner would not have it there. */
export function objections(
  place: Place,
  family: Family,
  { pool, expectation, others, publicSkus }: Joining,
  loadBalancer: LoadBalancer,
): readonly string[] {
  const { candidate, nic, configuration, address } = place;
  const { name, machine } = candidate;
  if (configuration === undefined && !takesAddresses(pool)) {
    return [`${name} has no network interface that could join ${pool.name}, which is made of interfaces`];
  }
  const found: string[] = [];
  const own = configuration === undefined ? addressFamily(address ?? '') : versionOf(configuration);
  if (own !== null && own !== family)
    found.push(`${name} has an IPv${own} address, and ${pool.name} is of IPv${family}`);
  const network = configuration?.subnetId === undefined ? undefined : parentId(configuration.subnetId);
  const wanted = networksOf(pool);
  const [first] = wanted;
  if (network !== undefined && first !== undefined && wanted.every((one) => !sameId(one, network))) {
    found.push(`${name} is in virtual network ${lastSegment(network)}, and ${pool.name} is in ${lastSegment(first)}`);
  }
  if (takesAddresses(pool) && network === undefined && first === undefined) {
    found.push(`nothing says in which virtual network ${address ?? name} is`);
  }
  const sku = configuration?.publicIPId === undefined ? undefined : publicSkus.get(idKey(configuration.publicIPId));
  if (sku !== undefined && !sameName(sku, loadBalancer.sku)) {
    found.push(
      `${name} has a public address of SKU ${sku}, and ${loadBalancer.name} is ${loadBalancer.sku}: they must be alike`,
    );
  }
  if (is(loadBalancer.sku, 'Basic')) found.push(...basicObjections(candidate, pool));
  if (configuration !== undefined) {
    const all = [loadBalancer, ...others];
    found.push(...collisionsOf(configuration, pool, loadBalancer, all).map((one) => `${name}: ${one}`));
  }
  const approved = expectation?.pools.find((one) => sameName(one.name, pool.name))?.approvedSubnets;
  const subnetId = configuration?.subnetId;
  if (approved !== undefined && subnetId !== undefined && !approved.value.some((one) => isSubnet(one, subnetId))) {
    const place = `${expectation?.file}:${approved.line}`;
    found.push(
      `${name} is in subnet ${lastSegment(subnetId)}, and approved is ${approved.value.join(', ')} (${place})`,
    );
  }
  if (nic?.privateEndpointId !== undefined || nic?.privateLinkServiceId !== undefined) {
    found.push(`${nic.name} belongs to a private endpoint or a Private Link service, which no pool takes`);
  }
  return machine === undefined && nic !== undefined && nic.machineId === undefined
    ? [...found, `${nic.name} is attached to no machine`]
    : found;
}

/** A Basic load balancer takes machines of one availability set or scale set. */
function basicObjections({ name, machine }: Candidate, { members }: Pool): readonly string[] {
  const sets = members.flatMap((member) => {
    const found = present(knownOr(member.machine, undefined));
    return found?.availabilitySetId ?? found?.scaleSetId ?? [];
  });
  const own = machine?.availabilitySetId ?? machine?.scaleSetId;
  const [first] = sets;
  if (first === undefined || sets.some((set) => sameId(set, own))) return [];
  return [`a Basic load balancer takes machines of one set: ${lastSegment(first)}, and ${name} is not in it`];
}
