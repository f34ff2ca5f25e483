import { knownOr } from '../evidence/open.ts';
import type { RawFinding } from '../rule.ts';
import { type Idle, idleMembers } from '../topology/active-passive.ts';
import type { BalancingRule } from '../topology/model.ts';

const nobody: ReadonlyMap<unknown, Idle> = new Map();

/**
 * What stops a member that gets no traffic of its balancing rules on purpose stops nothing now: the next failover goes
 * there, so it is a risk.
 */
export function atPassive(finding: RawFinding): RawFinding {
  if (finding.kind !== 'fault') return finding;
  const rules: BalancingRule[] = [];
  for (const { balancingRule, member } of finding.covers) {
    if (member === undefined) return finding;
    const own = balancingRule ? [balancingRule] : member.pool.balancingRules;
    if (own.length === 0 || !own.every((rule) => knownOr(idleMembers(rule), nobody).get(member) === 'passive'))
      return finding;
    rules.push(...own);
  }
  if (rules.length === 0) return finding;
  const names = [...new Set(rules.map(({ name }) => name))].join(', ');
  return {
    ...finding,
    kind: 'risk',
    severity: finding.severity === 'critical' ? 'high' : finding.severity,
    remark: `passive for ${names} now, and the next failover goes there${finding.remark === undefined ? '' : `; ${finding.remark}`}`,
  };
}
