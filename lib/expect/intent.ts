import { lastSegment, sameName } from '../azure/ids.ts';
import { knownOr } from '../evidence/open.ts';
import type { RawFinding, Rule } from '../rule.ts';
import { expectationRuleIds } from '../rule-ids.generated.ts';
import type { Member } from '../topology/model.ts';
import { areEnough } from '../topology/taken-out.ts';
import type { Accepted, Expectation } from './expectation.ts';
import type { ExpectationOf } from './match.ts';
import { isOneOf } from './naming.ts';

/** Whether its owner keeps a member of this load balancer in reserve. */
export function isStandbyIn({ pools }: Expectation, member: Member): boolean {
  return pools.some(
    ({ name, standby }) => sameName(name, member.pool.name) && standby !== undefined && isOneOf(standby.value, member),
  );
}

/** How many of a pool its owner wants to be healthy, where that is said. */
export function smallestOf({ pools }: Expectation, pool: string): number | undefined {
  return pools.find(({ name }) => sameName(name, pool))?.smallestHealthy?.value;
}

/**
 * A rule that knows what its subjects are meant for: what is so on purpose stays a finding, as advice of no weight with
 * the line that says so. What is really down, and meant to serve, stays down in the verdict whatever was accepted.
 */
export function meant(rule: Rule, of: ExpectationOf): Rule {
  return {
    ...rule,
    evaluate: (topology, runner) => {
      const expectation = of(topology.loadBalancer);
      if (!expectation) return rule.evaluate(topology, runner);
      rule.evaluate(topology, {
        ...runner,
        found: (finding) => runner.found(onPurpose(finding, rule, expectation)),
      });
    },
  };
}

function onPurpose(finding: RawFinding, rule: Rule, expectation: Expectation): RawFinding {
  const because = intentOf(finding, rule, expectation);
  if (because === undefined) return isSpared(finding, rule, expectation) ? { ...finding, kind: 'risk' } : finding;
  const remark = `${because.words}: ${expectation.file}:${because.line}`;
  return { ...finding, kind: 'advice', severity: 'info', remark };
}

/** Members that an administrator took out, and as many are up as their owner wants. */
function isSpared({ kind, covers }: RawFinding, { id }: Rule, expectation: Expectation): boolean {
  if (id !== 'admin-state-down' || kind !== 'fault') return false;
  return covers.every(({ balancingRule, member }) => {
    const health = balancingRule && knownOr(balancingRule.health, undefined);
    if (balancingRule === undefined || member === undefined || health === undefined) return false;
    const active = balancingRule.members.filter((other) => !isStandbyIn(expectation, other));
    const isUp = (other: Member): boolean => other !== member && health.members.get(other)?.really === 'up';
    return areEnough(active, isUp, ({ name }) => smallestOf(expectation, name));
  });
}

function intentOf(
  finding: RawFinding,
  rule: Rule,
  expectation: Expectation,
): { readonly words: string; readonly line: number } | undefined {
  const accepted = expectation.accepted.find((one) => isAccepted(one, finding, rule));
  if (accepted) return { words: `accepted, ${accepted.because}`, line: accepted.line };
  // The file's own demands hold in development and of a standby too: who doesn't mean them leaves them out.
  if (expectationRuleIds.some((id) => id === rule.id)) return undefined;
  const members = finding.covers.map(({ member }) => member);
  const isReserve = members.every((member) => member !== undefined && isStandbyIn(expectation, member));
  if (members.length > 0 && isReserve) return { words: 'kept in reserve', line: standbyLine(expectation, members) };
  const { environment } = expectation;
  if (finding.kind !== 'fault' && environment?.value === 'development') {
    return { words: 'in development', line: environment.line };
  }
  return undefined;
}

function standbyLine({ pools, line }: Expectation, [member]: readonly (Member | undefined)[]): number {
  return pools.find(({ name }) => member && sameName(name, member.pool.name))?.standby?.line ?? line;
}

function isAccepted({ rule: id, on }: Accepted, finding: RawFinding, rule: Rule): boolean {
  if (id !== rule.id) return false;
  if (on === undefined) return true;
  const members = finding.covers.flatMap(({ member }) => member ?? []);
  return (
    sameName(on, finding.on) ||
    sameName(on, lastSegment(finding.on)) ||
    (members.length > 0 && members.every((member) => isOneOf([on], member)))
  );
}
