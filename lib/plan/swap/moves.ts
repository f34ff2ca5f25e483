import { sameName } from '../../azure/ids.ts';
import { is } from '../../azure/words.ts';
import { knownOr } from '../../evidence/open.ts';
import type { Expectation } from '../../expect/expectation.ts';
import { addressFamily } from '../../network/address.ts';
import { activePassive } from '../../topology/active-passive.ts';
import { addressOf } from '../../topology/address.ts';
import type { BalancingRule, LoadBalancer, Pool } from '../../topology/model.ts';
import { enoughOf } from '../../topology/taken-out.ts';
import { counted } from '../../words/counted.ts';
import { named } from '../../words/name-order.ts';
import type { CapacityRow } from '../plan.ts';
import { type Able, measuredBy, upIn } from './able.ts';
import { freeFrontendPort } from './free-port.ts';

export interface Swap {
  readonly from: Pool;
  readonly to: Pool;
  /** Of --min-healthy: goes before what the file says. */
  readonly minHealthy: number | undefined;
  readonly expectation: Expectation | undefined;
}

/** A balancing rule on its way to the other pool. */
export interface Move {
  readonly rule: BalancingRule;
  /** So many of the other pool must be up before and after. */
  readonly needed: number;
  /** By which the other pool is probed until then; undefined where a balancing rule does so already. */
  readonly staging: Staging | undefined;
  /** Those that would send to the same port of the same machines: they go the other way. */
  readonly partners: readonly BalancingRule[];
}

export interface Staging {
  readonly name: string;
  readonly frontendId: string;
  readonly frontendPort: number;
  readonly probeId: string;
  readonly position: number;
}

export interface Moves {
  readonly moves: readonly Move[];
  readonly refused: readonly string[];
  /** What would be up. */
  readonly left: readonly CapacityRow[];
}

/** Each balancing rule of the pool, or why it can't go. */
export function movesOf(swap: Swap, ableIn: (rule: BalancingRule) => readonly Able[]): Moves {
  const { from, to } = swap;
  const moves: Move[] = [];
  const refused: string[] = [];
  const left: CapacityRow[] = [];
  for (const rule of from.balancingRules) {
    const needed = neededBy(rule, swap);
    const measured = measuredBy(to, rule);
    const able = ableIn(rule);
    const against = able.flatMap(({ member, against: why }) => (why === undefined ? [] : [`${member.name}: ${why}`]));
    const unable = able.filter(({ against: why }) => why !== undefined).map(({ member }) => member);
    const up =
      measured === undefined ? able.length - unable.length : upIn(to, measured, (one) => !unable.includes(one));
    const found = stagingOf(rule, to, measured, moves);
    const reasons = [
      ...(rule.probe === undefined
        ? [`${rule.name} has no probe, so that nothing would tell whether ${to.name} answers: give it one first`]
        : []),
      ...(needed > up ? [tooFew(rule, to, { up, needed, isMeasured: measured !== undefined }, against)] : []),
      ...('refused' in found ? [found.refused] : []),
    ];
    if (needed > up) left.push({ balancingRule: rule.name, up, total: to.members.length });
    refused.push(...reasons);
    if (reasons.length > 0 || 'refused' in found) continue;
    moves.push({ rule, needed, ...found });
  }
  return { moves, refused, left };
}

/** What is said, else as many as the pool before it has up; of a cluster one node at a time. */
function neededBy(rule: BalancingRule, { from, to, minHealthy, expectation }: Swap): number {
  if (minHealthy !== undefined) return minHealthy;
  const stated = [to, from].flatMap(
    (pool) => expectation?.pools.find(({ name }) => sameName(name, pool.name))?.smallestHealthy ?? [],
  );
  if (stated[0] !== undefined) return stated[0].value;
  if (knownOr(activePassive(rule), { meant: false }).meant) return 1;
  return Math.max(enoughOf(to.members.length), Math.min(upIn(from, rule), to.members.length));
}

function tooFew(
  rule: BalancingRule,
  to: Pool,
  { up, needed, isMeasured }: { readonly up: number; readonly needed: number; readonly isMeasured: boolean },
  against: readonly string[],
): string {
  const of = `${rule.name}: ${isMeasured ? '' : 'at most '}${up} of ${counted(to.members.length, 'member')} of ${to.name} ${isMeasured ? 'up' : 'could serve it'}`;
  const why = against.length === 0 ? '' : ` (${against.slice(0, 10).join('; ')})`;
  return `${of}${why}, and ${needed} must`;
}

/** Where nothing probes the pool by the rule's own probe, a rule that does so for a while. */
function stagingOf(
  rule: BalancingRule,
  to: Pool,
  measured: BalancingRule | undefined,
  earlier: readonly Move[],
): Pick<Move, 'staging' | 'partners'> | { readonly refused: string } {
  const partners = to.balancingRules.filter((other) => collides(rule, other));
  if (measured !== undefined) return { staging: undefined, partners };
  const { loadBalancer, frontendId, probeId } = rule;
  const [partner] = partners;
  if (partner !== undefined) {
    return {
      refused: `${partner.name} sends to port ${portOf(partner)} of ${to.name} by another probe: give it the probe of ${rule.name}, so that it tells whether ${to.name} is healthy, or delete it`,
    };
  }
  const twin = earlier.find((move) => move.staging !== undefined && isOnePort(rule, move.rule));
  if (twin !== undefined) {
    return {
      refused: `${rule.name} and ${twin.rule.name} send to one port, which two rules for trying ${to.name} can't: Azure allows that with floating IP alone`,
    };
  }
  if (frontendId === undefined || probeId === undefined) return { refused: `${rule.name} has no frontend or no probe` };
  const stagings = earlier.flatMap(({ staging }) => staging ?? []);
  const frontendPort = freeFrontendPort(
    loadBalancer,
    frontendId,
    stagings.map((staging) => staging.frontendPort),
  );
  if (frontendPort === undefined || portOf(rule) === 0) {
    return {
      refused: `${rule.name} takes every port of its frontend (HA ports), so that no other rule can try ${to.name} there: point a rule of another frontend at ${to.name} with the same probe first`,
    };
  }
  const names = [...loadBalancer.balancingRules, ...stagings].map(({ name }) => name);
  return {
    staging: {
      name: freeStagingName(rule.name, names),
      frontendId,
      frontendPort,
      probeId,
      position: loadBalancer.balancingRules.length + stagings.length,
    },
    partners,
  };
}

function freeStagingName(rule: string, taken: readonly string[]): string {
  const isTaken = (name: string): boolean => taken.some((other) => sameName(other, name));
  const base = `${rule.slice(0, 68)}-staging`;
  let name = base;
  for (let number = 2; isTaken(name); number += 1) name = `${base}-${number}`;
  return name;
}

const portOf = ({ backendPort, frontendPort }: BalancingRule): number => backendPort ?? frontendPort;

function isOnePort(one: BalancingRule, other: BalancingRule): boolean {
  const isSameProtocol = sameName(one.protocol, other.protocol) || is(one.protocol, 'All') || is(other.protocol, 'All');
  return isSameProtocol && portOf(one) === portOf(other);
}

/** Azure refuses both on one machine (RUL-04), but for two with floating IP. */
function collides(one: BalancingRule, other: BalancingRule): boolean {
  return isOnePort(one, other) && !(one.enableFloatingIP === true && other.enableFloatingIP === true);
}

/** Why these two can't be swapped at all. */
export function againstPools({ from, to }: Swap, { sku, tier, isFamiliar }: LoadBalancer): readonly string[] {
  if (!isFamiliar || !is(sku, 'Standard') || is(tier, 'Global')) {
    return [
      `Azure tells of no ${is(tier, 'Global') ? 'Global' : sku} load balancer whether a pool that is only tried is healthy`,
    ];
  }
  if (from.balancingRules.length === 0) {
    const others = to.balancingRules.map(({ name }) => name);
    const already = others.length === 0 ? '' : `; ${to.name} has ${named(others)}`;
    return [`no balancing rule sends to ${from.name}${already}`];
  }
  if (to.members.length === 0) return [`nobody is in ${to.name}`];
  const families = [from, to].map(
    ({ members }) => new Set(members.flatMap((member) => addressFamily(addressOf(member) ?? '') ?? [])),
  );
  const [before, after] = families;
  if (
    before !== undefined &&
    after !== undefined &&
    before.size > 0 &&
    [...after].some((family) => !before.has(family))
  ) {
    return [`${from.name} and ${to.name} are not of one address family`];
  }
  return [];
}
