import type { Rule } from '../rule.ts';
import type { ExpectationRuleId } from './ids.ts';
import type { ExpectationOf } from './match.ts';
import { belowSmallestHealthy } from './rules/below-smallest-healthy.ts';
import { expectedCountDiffers } from './rules/expected-count-differs.ts';
import { expectedMemberMissing } from './rules/expected-member-missing.ts';
import { expectedPoolMissing } from './rules/expected-pool-missing.ts';
import { expectedPoolNotServing } from './rules/expected-pool-not-serving.ts';
import { expectedProbeDiffers } from './rules/expected-probe-differs.ts';
import { expectedRuleMissing } from './rules/expected-rule-missing.ts';
import { expectedZoneMissing } from './rules/expected-zone-missing.ts';
import { outsideApprovedSubnet } from './rules/outside-approved-subnet.ts';
import { unexpectedMember } from './rules/unexpected-member.ts';

const made: Readonly<Record<ExpectationRuleId, (of: ExpectationOf) => Rule>> = {
  'expected-pool-missing': expectedPoolMissing,
  'expected-rule-missing': expectedRuleMissing,
  'expected-pool-not-serving': expectedPoolNotServing,
  'expected-member-missing': expectedMemberMissing,
  'expected-count-differs': expectedCountDiffers,
  'unexpected-member': unexpectedMember,
  'below-smallest-healthy': belowSmallestHealthy,
  'expected-probe-differs': expectedProbeDiffers,
  'expected-zone-missing': expectedZoneMissing,
  'outside-approved-subnet': outsideApprovedSubnet,
};

/** The rules that compare each load balancer with what its owner's file says of it; silent where it says nothing. */
export function expectationRules(of: ExpectationOf): readonly Rule[] {
  return Object.values(made).map((make) => make(of));
}
