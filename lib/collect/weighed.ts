import { knownOr } from '../evidence/open.ts';
import type { Layer, RawFinding, Rule } from '../rule.ts';
import { type Idle, idleMembers } from '../topology/active-passive.ts';
import { isAnswering } from '../topology/answers.ts';
import type { BalancingRule, Member } from '../topology/model.ts';

/** A finding with the rule that made it. */
type OfRule = RawFinding & { readonly rule: Rule };

const nobody: ReadonlyMap<unknown, Idle> = new Map();

/** A finding by what its members are seen to do: what stops nothing now is no fault. */
export function weighed(finding: OfRule): OfRule {
  if (finding.kind !== 'fault') return finding;
  const pairs = pairsOf(finding);
  if (pairs === undefined) return finding;
  if (keepsFromProbe(finding) && pairs.every(({ rule, member }) => isAnswering(rule, member))) {
    return lighter(finding, 'low', 'the probe is answered all the same: changed a moment ago, or read wrongly');
  }
  if (pairs.every(({ rule, member }) => knownOr(idleMembers(rule), nobody).get(member) === 'passive')) {
    const names = [...new Set(pairs.map(({ rule }) => rule.name))].join(', ');
    const severity = finding.severity === 'critical' ? 'high' : finding.severity;
    return lighter(finding, severity, `passive for ${names} now, and the next failover goes there`);
  }
  return finding;
}

function lighter(finding: OfRule, severity: OfRule['severity'], because: string): OfRule {
  const remark = finding.remark === undefined ? because : `${because}; ${finding.remark}`;
  return { ...finding, kind: 'risk', severity, remark };
}

/** Every member in every balancing rule that it covers; undefined where it covers more than members. */
function pairsOf({ covers }: OfRule) {
  const pairs: { readonly rule: BalancingRule; readonly member: Member }[] = [];
  for (const { balancingRule, member } of covers) {
    if (member === undefined) return undefined;
    const rules = balancingRule ? [balancingRule] : member.pool.balancingRules;
    if (rules.length === 0) return undefined;
    pairs.push(...rules.map((rule) => ({ rule, member })));
  }
  return pairs.length === 0 ? undefined : pairs;
}

// That a machine is off or an interface gone is no inference.
const inferring: readonly Layer[] = ['topology', 'override', 'path', 'probe'];

/** Of such a finding a member that is down would be the symptom. */
function keepsFromProbe({ rule, explains }: OfRule): boolean {
  return inferring.includes(rule.layer) && explains.includes('member-down');
}
