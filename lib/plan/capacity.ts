import { type MemberState, powerOf } from '../diagnosis/members.ts';
import type { RuleVerdict } from '../diagnosis/verdict.ts';
import type { Member } from '../topology/model.ts';
import type { CapacityRow } from './plan.ts';

/** How many members each balancing rule has up, without those that a plan takes away. */
export function capacityOf(
  verdicts: readonly RuleVerdict[],
  isGone: (member: Member) => boolean = () => false,
): readonly CapacityRow[] {
  return verdicts.map(({ rule, states }) => ({
    balancingRule: rule.name,
    up: states.filter((each) => isServing(each) && !isGone(each.member)).length,
    total: states.length,
  }));
}

/** Up; where nothing measures that, its machine runs at least, since Azure sends traffic to everyone there. */
export function isServing({ member, state }: MemberState): boolean {
  return state === 'up' || (state === 'not-measured' && powerOf(member) === 'running');
}
