import { is } from '../azure/words.ts';
import type { BalancingRule, Health, Member, Pool } from './model.ts';

/** How many of a pool must be up, where its owner says so. */
export type Smallest = (pool: Pool) => number | undefined;

/** So many members must be up where their owner says no number: half of them, rounded up. */
export const enoughOf = (total: number): number => Math.ceil(total / 2);

/** Whether enough of these are up: of each pool as many as its owner says, of the others half. */
export function areEnough(
  members: readonly Member[],
  isUp: (member: Member) => boolean,
  smallest: Smallest = () => undefined,
): boolean {
  const up = (some: readonly Member[]): number => some.filter(isUp).length;
  const unsaid = members.filter(({ pool }) => smallest(pool) === undefined);
  const said = [...new Set(members.map(({ pool }) => pool))].every((pool) => {
    const least = smallest(pool);
    return least === undefined || up(members.filter((member) => member.pool === pool)) >= least;
  });
  return said && up(unsaid) >= enoughOf(unsaid.length);
}

/** That an administrator took a member out is meant to be as long as enough others are known to be up. */
export function hasEnoughBesides(rule: BalancingRule, health: Health, member: Member): boolean {
  return areEnough(rule.members, (other) => other !== member && health.members.get(other)?.really === 'up');
}

/** By its admin state, as the load balancer itself says. */
export const isTakenOut = ({ adminState }: Member): boolean => is(adminState, 'Down');
