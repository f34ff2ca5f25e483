import type { ListedFrontend, ListedLoadBalancer, LoadBalancers } from '../../schemas/load-balancers.generated.ts';
import type { Frontend, LoadBalancer } from '../topology/model.ts';
import type { Survey } from './survey.ts';
import { headOf, viewed } from './viewed.ts';

/** The load balancers with what is in them, counted. */
export function listOf(survey: Survey): LoadBalancers {
  return viewed(
    survey,
    survey.loadBalancers.map(({ topology }) => listed(topology.loadBalancer)),
  );
}

function listed(loadBalancer: LoadBalancer): ListedLoadBalancer {
  const { frontends, pools, balancingRules, probes, natRules, natPools, outboundRules, location } = loadBalancer;
  return {
    ...headOf(loadBalancer),
    location,
    sku: loadBalancer.sku,
    tier: loadBalancer.tier,
    frontends: frontends.map(listedFrontend),
    pools: pools.map(({ name, kind, members }) => ({ name, kind, members: members.length })),
    members: pools.reduce((sum, { members }) => sum + members.length, 0),
    balancingRules: balancingRules.map(({ name }) => name),
    probes: probes.map(({ name }) => name),
    natRules: [...natRules, ...natPools].map(({ name }) => name),
    outboundRules: outboundRules.map(({ name }) => name),
  };
}

export function listedFrontend({ name, kind, privateIPAddress, publicIPId, zones }: Frontend): ListedFrontend {
  return {
    name,
    kind,
    address: privateIPAddress ?? null,
    publicIpId: publicIPId ?? null,
    zones: zones ?? [],
  };
}
