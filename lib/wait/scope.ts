import { AzError } from '../az/errors.ts';
import { sameName } from '../azure/ids.ts';
import { nearestOf } from '../nearest.ts';
import type { BalancingRule, LoadBalancer, Pool } from '../topology/model.ts';
import { intervalOf, thresholdOf } from '../topology/probe-timing.ts';
import type { WaitPlace } from './condition.ts';

/** The part of a load balancer that is looked at. */
export interface WaitScope {
  readonly pools: readonly Pool[];
  readonly rules: readonly BalancingRule[];
}

/** Throws an AzError `refused` for a pool or balancing rule that isn't there, with those that are. */
export function scopeIn(loadBalancer: LoadBalancer, { pool, balancingRule }: WaitPlace): WaitScope {
  const inPool = pool === undefined ? undefined : found('pool', '--pool', pool, loadBalancer.pools, loadBalancer);
  const rule =
    balancingRule === undefined
      ? undefined
      : found('balancing rule', '--rule', balancingRule, loadBalancer.balancingRules, loadBalancer);
  if (inPool && rule && !rule.pools.includes(inPool)) {
    throw new AzError('refused', `Balancing rule ${rule.name} does not use pool ${inPool.name}.`);
  }
  const rules = rule ? [rule] : (inPool?.balancingRules ?? loadBalancer.balancingRules);
  return { pools: inPool ? [inPool] : (rule?.pools ?? loadBalancer.pools), rules };
}

function found<T extends { readonly name: string }>(
  kind: string,
  option: string,
  name: string,
  all: readonly T[],
  { name: loadBalancer }: LoadBalancer,
): T {
  const own = all.find((one) => sameName(one.name, name));
  if (own) return own;
  const names = all.map((one) => one.name);
  const meant = nearestOf(name, names);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  const there = names.length === 0 ? `It has no ${kind} at all.` : `It has ${names.join(', ')}.`;
  throw new AzError('refused', `${option} ${name}: ${loadBalancer} has no such ${kind}.${hint} ${there}`);
}

/** A Global load balancer's probe is automatic, and Azure does not say its timing. */
const unsaidPeriod = 15;

/** Seconds in which the slowest probe concerned finds out: its interval times its threshold. */
export function probePeriodOf({ rules }: WaitScope): number {
  const periods = rules
    .filter(({ measured }) => measured)
    .map(({ probe }) => (probe ? intervalOf(probe) * thresholdOf(probe) : unsaidPeriod));
  return Math.max(0, ...periods);
}
