import type { DiagnosedMember } from '../../schemas/diagnosis.generated.ts';
import type {
  Tree,
  TreeBranches,
  TreeMember,
  TreeNatRule,
  TreeOutboundRule,
  TreePool,
  TreeRule,
  Trees,
} from '../../schemas/tree.generated.ts';
import { idKey, lastSegment, parentId, sameId, scaleSetInstance } from '../azure/ids.ts';
import type { BalancingRule, LoadBalancer, NatRule, OutboundRule, Pool } from '../topology/model.ts';
import { knownPath } from '../topology/probe-path.ts';
import { diagnosedMembers } from './diagnosed.ts';
import { listedFrontend } from './list.ts';
import { notReadOf } from './not-read.ts';
import type { Survey } from './survey.ts';
import { headOf, viewed } from './viewed.ts';

type Diagnosed = ReadonlyMap<string, DiagnosedMember>;

export function treesOf(survey: Survey): Trees {
  return viewed(
    survey,
    survey.loadBalancers.map(({ topology }) => treeOf(topology.loadBalancer)),
  );
}

function treeOf(loadBalancer: LoadBalancer): Tree {
  const { frontends, pools } = loadBalancer;
  const diagnosed = diagnosedMembers(loadBalancer);
  const known = new Set(frontends.map(({ id }) => idKey(id)));
  const isLoose = (id: string | undefined): boolean => id === undefined || !known.has(idKey(id));
  return {
    loadBalancer: headOf(loadBalancer),
    frontends: frontends.map((frontend) => ({
      ...listedFrontend(frontend),
      branches: branchesOf(loadBalancer, diagnosed, (id) => sameId(id, frontend.id)),
    })),
    withoutFrontend: branchesOf(loadBalancer, diagnosed, isLoose),
    unservedPools: pools
      .filter(({ balancingRules }) => balancingRules.length === 0)
      .map((pool) => poolOf(pool, undefined, diagnosed)),
    notRead: notReadOf(loadBalancer),
  };
}

function branchesOf(
  { balancingRules, natRules, natPools, outboundRules, pools }: LoadBalancer,
  diagnosed: Diagnosed,
  isAt: (frontendId: string | undefined) => boolean,
): TreeBranches {
  const nat = [
    ...natRules.map((rule) => ({ rule, isPool: false })),
    ...natPools.map((rule) => ({ rule, isPool: true })),
  ];
  return {
    balancingRules: balancingRules.filter(({ frontendId }) => isAt(frontendId)).map((rule) => ruleOf(rule, diagnosed)),
    natRules: nat
      .filter(({ rule }) => isAt(rule.frontendId))
      .map(({ rule, isPool }): TreeNatRule => natRuleOf(rule, isPool, { pools, natRules })),
    outboundRules: outboundRules
      .filter(({ frontendIds }) => (frontendIds.length === 0 ? isAt(undefined) : frontendIds.some(isAt)))
      .map(outboundRuleOf),
  };
}

function ruleOf(rule: BalancingRule, diagnosed: Diagnosed): TreeRule {
  const { name, protocol, frontendPort, backendPort, enableFloatingIP, probe, pools } = rule;
  return {
    name,
    protocol,
    frontendPort,
    backendPort: backendPort ?? null,
    floatingIp: enableFloatingIP === true,
    probe: probe
      ? { name: probe.name, protocol: probe.protocol, port: probe.port, path: knownPath(probe) ?? null }
      : null,
    pools: pools.map((pool) => poolOf(pool, rule, diagnosed)),
  };
}

function poolOf({ name, kind, members }: Pool, rule: BalancingRule | undefined, diagnosed: Diagnosed): TreePool {
  return {
    name,
    kind,
    members: members.map(({ key, name: memberName }): TreeMember => {
      const found = diagnosed.get(key);
      const health = found?.health.find(({ balancingRule }) => balancingRule === rule?.name);
      return {
        key,
        name: memberName,
        address: found?.ip ?? null,
        machineId: found?.machineId ?? null,
        zone: found?.zone ?? null,
        powerState: found?.powerState ?? null,
        adminState: found?.adminState ?? null,
        state: health?.state ?? 'not-measured',
        reason: health?.reason ?? null,
        byDesign: health?.byDesign ?? null,
      };
    }),
  };
}

export function natRuleOf(
  rule: NatRule,
  isPool: boolean,
  { pools, natRules }: Pick<LoadBalancer, 'pools' | 'natRules'>,
): TreeNatRule {
  const { name, protocol, backendPort, poolId, ipConfigurationId } = rule;
  const pool = pools.find(({ id }) => sameId(id, poolId));
  return {
    name,
    protocol: protocol ?? null,
    frontendPort: portsOf(rule),
    backendPort: backendPort ?? null,
    to: [
      ...(poolId === undefined ? [] : [pool?.name ?? lastSegment(poolId)]),
      ...(ipConfigurationId === undefined ? [] : [interfaceName(ipConfigurationId)]),
      ...(isPool ? instancesOf(rule, natRules) : []),
    ],
    isPool,
  };
}

/** A NAT pool names no one: Azure makes a NAT rule of it for each instance of a scale set, on a port of its range. */
function instancesOf(natPool: NatRule, natRules: readonly NatRule[]): readonly string[] {
  const { frontendPortRangeStart: low = 0, frontendPortRangeEnd: high = 0, frontendId, backendPort } = natPool;
  return natRules.flatMap(({ ipConfigurationId: id, ...own }) => {
    const isIn = own.frontendPort !== undefined && own.frontendPort >= low && own.frontendPort <= high;
    return isIn && id !== undefined && sameId(own.frontendId, frontendId) && own.backendPort === backendPort
      ? [interfaceName(id)]
      : [];
  });
}

function interfaceName(ipConfigurationId: string): string {
  const instance = scaleSetInstance(ipConfigurationId);
  return instance ? `${instance.scaleSet}_${instance.instanceId}` : lastSegment(parentId(ipConfigurationId));
}

function portsOf({ frontendPort, frontendPortRangeStart, frontendPortRangeEnd }: NatRule): string | null {
  if (frontendPortRangeStart !== undefined && frontendPortRangeEnd !== undefined)
    return `${frontendPortRangeStart}-${frontendPortRangeEnd}`;
  return frontendPort === undefined ? null : String(frontendPort);
}

export function outboundRuleOf({ name, protocol, poolId, allocatedOutboundPorts }: OutboundRule): TreeOutboundRule {
  return {
    name,
    protocol: protocol ?? null,
    pool: poolId === undefined ? null : lastSegment(poolId),
    allocatedOutboundPorts: allocatedOutboundPorts ?? null,
  };
}
