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
    up: states.filter(({ member, state }) => state === 'up' && !isGone(member)).length,
    total: states.length,
  }));
}
