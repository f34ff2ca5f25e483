import { is } from '../azure/words.ts';
import type { BalancingRule, Health, Member } from './model.ts';

/** So many members must be up where their owner says no number: half of them, rounded up. */
export const enoughOf = (total: number): number => Math.ceil(total / 2);

/** That an administrator took a member out is meant to be as long as enough others are known to be up. */
export function hasEnoughBesides(rule: BalancingRule, health: Health, member: Member): boolean {
  const up = rule.members.filter((other) => other !== member && health.members.get(other)?.really === 'up');
  return up.length >= enoughOf(rule.members.length);
}

/** By its admin state, as the load balancer itself says. */
export const isTakenOut = ({ adminState }: Member): boolean => is(adminState, 'Down');
