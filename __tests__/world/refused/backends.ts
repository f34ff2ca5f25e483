import { sameId } from '../../../lib/azure/ids.ts';
import { is } from '../../../lib/azure/words.ts';
import { nameIn } from './frontends.ts';
import {
  type ArmRefusal,
  type BalancingRule,
  pairs,
  poolIdsOf,
  portsOf,
  portsOverlap,
  protocolsOverlap,
  type WouldBe,
} from './would-be.ts';

/** Without floating IP one port of a member is one rule's: in a pool, and over all load balancers of one type. */
export function backendRefusals(lb: WouldBe, others: readonly WouldBe[]): readonly ArmRefusal[] {
  if (is(lb.sku?.tier, 'Global')) return [];
  return [...inOnePool(lb), ...onOneInterface(lb, others), ...severalPools(lb)];
}

function inOnePool(lb: WouldBe): readonly ArmRefusal[] {
  return pairs(lb.loadBalancingRules).flatMap(([one, other]) => {
    const pool = poolIdsOf(one).find((id) => poolIdsOf(other).includes(id));
    return pool !== undefined && collide(one, other)
      ? [
          {
            code: 'RulesUseSameBackendPortProtocolAndPool',
            because: `balancing rules ${one.name} and ${other.name} with floating IP disabled use the same backend port and protocol, and must not be used with the same pool ${nameIn(pool)}`,
          },
        ]
      : [];
  });
}

function collide(one: BalancingRule, other: BalancingRule): boolean {
  return (
    one.enableFloatingIP !== true &&
    other.enableFloatingIP !== true &&
    protocolsOverlap(one.protocol, other.protocol) &&
    portsOverlap(portsOf(one.backendPort), portsOf(other.backendPort))
  );
}

function onOneInterface(lb: WouldBe, others: readonly WouldBe[]): readonly ArmRefusal[] {
  const alike = others.filter((other) => !sameId(other.id, lb.id) && isPublic(other) === isPublic(lb));
  const own = lb.loadBalancingRules.map((rule) => ({ rule, members: membersOf(lb, rule) }));
  const inPools = own.flatMap((one, at) => own.slice(at + 1).map((two) => ({ one, two, code: sameLoadBalancer })));
  const across = alike.flatMap((other) =>
    other.loadBalancingRules.flatMap((rule) =>
      own.map((one) => ({ one, two: { rule, members: membersOf(other, rule) }, code: sameType })),
    ),
  );
  return [...inPools, ...across].flatMap(({ one, two, code }) => {
    // In one pool the pool itself is named.
    const isOnePool = poolIdsOf(one.rule).some((id) => poolIdsOf(two.rule).includes(id));
    if (isOnePool || !collide(one.rule, two.rule)) return [];
    const shared = [...one.members].find((id) => two.members.has(id));
    return shared === undefined
      ? []
      : [
          {
            code,
            because: `balancing rules ${one.rule.name} and ${two.rule.name} with floating IP disabled use the same backend port and protocol, and must not be used with the same backend IP ${shared}`,
          },
        ];
  });
}

const sameLoadBalancer = 'RulesUseSameBackendPortProtocolAndIPConfig';
const sameType = 'RulesOfSameLoadBalancerTypeUseSameBackendPortProtocolAndIPConfig';

/** Ids of the interfaces' configurations that a balancing rule sends to. */
function membersOf(lb: WouldBe, rule: BalancingRule): ReadonlySet<string> {
  const ids = poolIdsOf(rule);
  return new Set(
    lb.backendAddressPools.flatMap((pool) =>
      ids.includes(pool.id.toLowerCase())
        ? [
            ...(pool.backendIPConfigurations ?? []).map(({ id }) => id),
            ...(pool.loadBalancerBackendAddresses ?? []).flatMap(
              ({ networkInterfaceIPConfiguration: configuration }) => configuration?.id ?? [],
            ),
          ].map((id) => id.toLowerCase())
        : [],
    ),
  );
}

function isPublic({ frontendIPConfigurations }: WouldBe): boolean {
  return frontendIPConfigurations.some(
    ({ publicIPAddress, publicIPPrefix }) => publicIPAddress !== undefined || publicIPPrefix !== undefined,
  );
}

function severalPools(lb: WouldBe): readonly ArmRefusal[] {
  if (is(lb.sku?.name, 'Gateway')) return [];
  return lb.loadBalancingRules.flatMap((rule) =>
    poolIdsOf(rule).length > 1
      ? [
          {
            code: 'InvalidRequestFormat',
            because: `balancing rule ${rule.name} names ${poolIdsOf(rule).length} pools, which only a Gateway load balancer's can`,
          },
        ]
      : [],
  );
}
