import type { Rule } from '../rule.ts';
import { rules } from '../rules/index.generated.ts';

const byId: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

/** The rule that made a finding; undefined for one that is made from somebody's own file. */
export function ruleBehind(finding: { readonly rule: string }): Rule | undefined {
  return byId.get(finding.rule);
}
