/** The rules that compare a load balancer with its owner's file: one a file in lib/expect/rules, named after it. */
export const expectationRuleIds = [
  'below-smallest-healthy',
  'expected-count-differs',
  'expected-member-missing',
  'expected-pool-missing',
  'expected-pool-not-serving',
  'expected-probe-differs',
  'expected-rule-missing',
  'expected-zone-missing',
  'outside-approved-subnet',
  'unexpected-member',
] as const;

export type ExpectationRuleId = (typeof expectationRuleIds)[number];
