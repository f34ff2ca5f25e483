import { hasReason } from '../azure/reasons.ts';
import { knownOr } from '../evidence/open.ts';
import { Reading } from '../evidence/reading.ts';
import type { BalancingRule, Health, Member } from './model.ts';

/**
 * Whether Azure measures that a member answers its probe, as far as health was read. It outranks what is inferred from
 * configuration: that was changed a moment ago, or is read wrongly. A member on the edge to down doesn't count.
 */
export function isAnswering(rule: BalancingRule, member: Member): boolean {
  const health = rule.measured ? rule.health : Reading.known(undefined);
  const found = knownOr<Health | undefined, undefined>(health, undefined)?.members.get(member);
  return found?.really === 'up' && (found.reason === undefined || hasReason(found, 'Up_Probe_Success'));
}
