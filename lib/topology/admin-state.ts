import { Reading } from '../evidence/reading.ts';
import type { BalancingRule, Member, MemberHealth } from './model.ts';

/**
 * What Azure says of a member whose admin state the load balancer's own answer doesn't have (an older az leaves it out).
 * Nothing is asked where it has.
 */
export function healthWithoutAdminState(member: Member, rule: BalancingRule): Reading<MemberHealth | undefined> {
  if (member.adminState !== undefined) return Reading.known(undefined);
  return rule.reasons.map(({ members }) => members.get(member));
}
