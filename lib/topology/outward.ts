import type { LoadBalancerAnswer } from '../../schemas/az/load-balancer.generated.ts';
import { parentId, sameId } from '../azure/ids.ts';
import { is } from '../azure/words.ts';
import { type Evidence, reading } from '../evidence/evidence.ts';
import { effectiveRoutes } from '../evidence/questions/effective-routes.ts';
import { loadBalancer } from '../evidence/questions/load-balancer.ts';
import { natGateway } from '../evidence/questions/nat-gateway.ts';
import { routeTable } from '../evidence/questions/route-table.ts';
import { virtualNetwork } from '../evidence/questions/virtual-network.ts';
import { Reading } from '../evidence/reading.ts';
import { addressFamily, type Family } from '../network/address.ts';
import { outOfSight, present } from './gone.ts';
import type { IpConfiguration, Member, Outward, OutwardPool, Route, Subnet } from './model.ts';

interface Seen extends Pick<Member, 'nic' | 'subnet'>, Partial<Pick<Member, 'pool' | 'ipConfigurationId'>> {}

/** Looked up in the evidence when it is asked for: nothing of it is asked for a diagnosis. */
export function outwardOf(member: Seen, evidence: Evidence): Outward {
  const ofSubnet = <T>(make: (subnet: Subnet | undefined) => Reading<T>): Reading<T> =>
    member.subnet.andThen((subnet) => make(present(subnet)));
  return {
    get ownRoutes() {
      return ofSubnet((subnet) => tableAt(evidence, subnet?.routeTableId));
    },
    get learnsRoutes() {
      return ofSubnet((subnet) => learnsRoutes(evidence, subnet));
    },
    get routesInForce() {
      return member.nic.andThen((nic) => routesInForce(evidence, present(nic)?.id));
    },
    get natGatewaySku() {
      return ofSubnet((subnet) => skuOf(evidence, subnet?.natGatewayId));
    },
    get pools() {
      return member.nic.andThen((nic) => poolsOf(evidence, member, present(nic)?.ipConfigurations ?? []));
    },
  };
}

function tableAt(evidence: Evidence, id: string | undefined): Reading<readonly Route[]> {
  if (id === undefined) return Reading.known([]);
  return reading(evidence, routeTable, id).andThen((read): Reading<readonly Route[]> => {
    // Azure deletes no table that a subnet uses.
    if (read.gone) return outOfSight(read);
    return Reading.known(
      (read.value.routes ?? []).map(({ addressPrefix, nextHopType, nextHopIpAddress }) => ({
        prefixes: addressPrefix === undefined ? [] : [addressPrefix],
        nextHopType,
        nextHops: nextHopIpAddress === undefined ? [] : [nextHopIpAddress],
      })),
    );
  });
}

/** From its own gateway or route server, or through a peering that uses the gateways at its other end; a table can refuse them. */
function learnsRoutes(evidence: Evidence, subnet: Subnet | undefined): Reading<boolean> {
  if (subnet === undefined) return Reading.known(false);
  return refusesRoutes(evidence, subnet.routeTableId).andThen((refuses) =>
    refuses ? Reading.known(false) : hasGateway(evidence, parentId(subnet.id)),
  );
}

function refusesRoutes(evidence: Evidence, table: string | undefined): Reading<boolean> {
  if (table === undefined) return Reading.known(false);
  return reading(evidence, routeTable, table).andThen((read) =>
    read.gone ? outOfSight(read) : Reading.known(read.value.disableBgpRoutePropagation === true),
  );
}

function hasGateway(evidence: Evidence, network: string): Reading<boolean> {
  return reading(evidence, virtualNetwork, network).andThen((read): Reading<boolean> => {
    if (read.gone) return outOfSight(read);
    const { subnets, virtualNetworkPeerings = [] } = read.value;
    return Reading.known(
      subnets.some(({ id }) => /\/(GatewaySubnet|RouteServerSubnet)$/i.test(id)) ||
        virtualNetworkPeerings.some(({ useRemoteGateways }) => useRemoteGateways === true),
    );
  });
}

function routesInForce(evidence: Evidence, nicId: string | undefined): Reading<readonly Route[]> {
  if (nicId === undefined) return Reading.known([]);
  return reading(evidence, effectiveRoutes, nicId).andThen((read): Reading<readonly Route[]> => {
    if (read.gone) return outOfSight(read);
    return Reading.known(
      read.value.value.flatMap(({ state, addressPrefix, nextHopType, nextHopIpAddress = [] }) =>
        is(state, 'Invalid') ? [] : [{ prefixes: addressPrefix, nextHopType, nextHops: nextHopIpAddress }],
      ),
    );
  });
}

function skuOf(evidence: Evidence, id: string | undefined): Reading<string | undefined> {
  if (id === undefined) return Reading.known(undefined);
  return reading(evidence, natGateway, id).andThen(
    (read): Reading<string> => (read.gone ? outOfSight(read) : Reading.known(read.value.sku?.name ?? 'Standard')),
  );
}

export function familyOf({ privateIPAddress, privateIPAddressVersion }: IpConfiguration): Family {
  if (is(privateIPAddressVersion, 'IPv6')) return 6;
  return (privateIPAddress === undefined ? null : addressFamily(privateIPAddress)) ?? 4;
}

function poolsOf(
  evidence: Evidence,
  { pool, ipConfigurationId }: Seen,
  configurations: readonly IpConfiguration[],
): Reading<readonly OutwardPool[]> {
  const pools = configurations.flatMap((configuration) => {
    const named = configuration.loadBalancerBackendAddressPools;
    // What the pool says counts too, where the interface doesn't say it.
    const isMissing = pool && sameId(configuration.id, ipConfigurationId) && !named.some((id) => sameId(id, pool.id));
    const own = isMissing ? [pool.id] : [];
    return [...named, ...own].map((id) => ({ id, family: familyOf(configuration) }));
  });
  return Reading.all(pools.map(({ id, family }) => outwardPool(evidence, id, family))).map((found) => found.flat());
}

/** None where its load balancer is gone. */
export function outwardPool(evidence: Evidence, id: string, family: Family): Reading<readonly OutwardPool[]> {
  return reading(evidence, loadBalancer, parentId(id)).map((read) =>
    read.gone ? [] : [{ id, family, ...outwardIn(read.value, id) }],
  );
}

function outwardIn(
  lb: LoadBalancerAnswer,
  poolId: string,
): Pick<OutwardPool, 'sku' | 'outboundRules' | 'translatingRules'> {
  const isPublic = (id: string | undefined): boolean =>
    lb.frontendIPConfigurations.some((frontend) => {
      const hasAddress = frontend.publicIPAddress !== undefined || frontend.publicIPPrefix !== undefined;
      return hasAddress && sameId(frontend.id, id);
    });
  return {
    sku: lb.sku?.name ?? 'Basic',
    outboundRules: (lb.outboundRules ?? []).flatMap((rule) =>
      sameId(rule.backendAddressPool?.id, poolId) ? [rule.name] : [],
    ),
    translatingRules: lb.loadBalancingRules.flatMap((rule) => {
      const ids = [rule.backendAddressPool, ...(rule.backendAddressPools ?? [])];
      const translates = rule.disableOutboundSnat !== true && isPublic(rule.frontendIPConfiguration?.id);
      return translates && ids.some((each) => sameId(each?.id, poolId)) ? [rule.name] : [];
    }),
  };
}
