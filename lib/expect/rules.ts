import type { Rule } from '../rule.ts';
import type { ExpectationOf } from './match.ts';
import { expectationRules as made } from './rules/index.generated.ts';

/** The rules that compare each load balancer with what its owner's file says of it; silent where it says nothing. */
export function expectationRules(of: ExpectationOf): readonly Rule[] {
  return made.map((make) => make(of));
}
