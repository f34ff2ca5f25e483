import type { Confidence } from '../../schemas/diagnosis.generated.ts';
import { isByAdministrator } from '../azure/reasons.ts';
import { coveringOf } from './covering.ts';
import { type Explained, kindOf } from './explain.ts';
import type { MemberState } from './members.ts';
import type { RuleVerdict } from './verdict.ts';

const grades: readonly Confidence[] = ['low', 'medium', 'high'];

/**
 * How sure a finding is. A fault that accounts for what is observed earns one each for: itself (configuration, or a
 * reason code), a reason code that agrees, and covering only members that really fail. Evidence that is missing and
 * would have made it surer takes one away. What is a fact by itself is sure, as is that too many members are up.
 */
export function confidenceOf(finding: Explained, all: readonly Explained[], rules: readonly RuleVerdict[]): Confidence {
  const [{ rule }] = finding.findings;
  const complete = finding.findings.every((one) => one.complete);
  const isFact = (rule.explains.length === 0 && !rule.observes) || rule.membersAreUp;
  if (kindOf(finding) !== 'fault' || isFact) return complete ? 'high' : 'medium';
  const covered = rules.flatMap(({ rule: balancingRule, states }) =>
    states.filter(({ member }) => coveringOf(finding.covers).has({ balancingRule, member })),
  );
  const agrees =
    rule.observes === 'reason-code' ||
    (rule.layer === 'override' && areByAdministrator(covered)) ||
    all.some(
      (other) =>
        other.explainedBy.includes(finding) && other.findings.some((one) => one.rule.observes === 'reason-code'),
    );
  const isFailing = covered.length > 0 && covered.every(({ state }) => state === 'down');
  const points = 1 + (agrees ? 1 : 0) + (isFailing ? 1 : 0);
  return grades[Math.max(0, points - 1 - (complete ? 0 : 1))] ?? 'low';
}

/** Azure itself gives the administrator's decision as the reason of every member that is covered. */
function areByAdministrator(covered: readonly MemberState[]): boolean {
  return covered.length > 0 && covered.every(isByAdministrator);
}
