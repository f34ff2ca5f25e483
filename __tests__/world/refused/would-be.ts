import { is } from '../../../lib/azure/words.ts';
import type { LoadBalancerAnswer } from '../../../schemas/az/load-balancer.generated.ts';

/** A load balancer as it would be written, in the shape in which az prints one, its members included. */
export type WouldBe = Pick<
  LoadBalancerAnswer,
  | 'id'
  | 'sku'
  | 'frontendIPConfigurations'
  | 'backendAddressPools'
  | 'loadBalancingRules'
  | 'inboundNatRules'
  | 'inboundNatPools'
  | 'outboundRules'
  | 'probes'
>;

/** Why Azure Resource Manager would refuse it. */
export interface ArmRefusal {
  /** ARM's own, where an issue or Microsoft's page shows it. */
  readonly code: string;
  readonly because: string;
}

export type BalancingRule = WouldBe['loadBalancingRules'][number];

export function poolIdsOf({ backendAddressPool, backendAddressPools = [] }: BalancingRule): readonly string[] {
  const all = [...(backendAddressPool ? [backendAddressPool] : []), ...backendAddressPools];
  return [...new Set(all.map(({ id }) => id.toLowerCase()))];
}

export function protocolsOverlap(one: string | undefined, other: string | undefined): boolean {
  const [a, b] = [one?.toLowerCase() ?? 'tcp', other?.toLowerCase() ?? 'tcp'];
  return a === b || a === 'all' || b === 'all';
}

/** Ports from and to, both included. */
export interface Ports {
  readonly from: number;
  readonly to: number;
}

/** 0 stands for every port. */
export function portsOf(port: number | undefined): Ports {
  return port === undefined || port === 0 ? { from: 0, to: 65535 } : { from: port, to: port };
}

export function portsOverlap(one: Ports, other: Ports): boolean {
  return one.from <= other.to && other.from <= one.to;
}

export function isHighlyAvailable({ protocol, frontendPort }: BalancingRule): boolean {
  return is(protocol, 'All') && frontendPort === 0;
}

/** Each two of them, once. */
export function pairs<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.flatMap((one, at) => items.slice(at + 1).map((other) => [one, other] as const));
}
