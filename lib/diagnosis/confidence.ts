import type { Confidence } from '../../schemas/diagnosis.generated.ts';
import { type Explained, kindOf } from './explain.ts';
import type { RuleVerdict } from './verdict.ts';

const grades: readonly Confidence[] = ['low', 'medium', 'high'];

/**
 * How sure a finding is. A fault that accounts for what is observed earns one each for: itself (configuration, or a
 * reason code), a reason code that agrees, and covering only members that really fail. Evidence that is missing and
 * would have made it surer takes one away. What is a fact by itself is sure.
 */
export function confidenceOf(finding: Explained, all: readonly Explained[], rules: readonly RuleVerdict[]): Confidence {
  const [{ rule }] = finding.findings;
  const complete = finding.findings.every((one) => one.complete);
  if (kindOf(finding) !== 'fault' || (rule.explains.length === 0 && !rule.observes))
    return complete ? 'high' : 'medium';
  const reason = all.some(
    (other) => other.explainedBy.includes(finding) && other.findings.some((one) => isReasonCode(one.rule.id)),
  );
  const agrees = reason || isReasonCode(rule.id) || (rule.layer === 'override' && isByAdministrator(finding, rules));
  const points = 1 + (agrees ? 1 : 0) + (coverageAgrees(finding, rules) ? 1 : 0);
  return grades[Math.max(0, points - 1 - (complete ? 0 : 1))] ?? 'low';
}

/** Rules that read a reason code of the health action, or the absence of one. */
function isReasonCode(id: string): boolean {
  return [
    'http-status-error',
    'http-endpoint-unreachable',
    'http-no-response',
    'tcp-probe-timeout',
    'platform-reason',
    'all-down-masked',
    'health-missing-members',
  ].includes(id);
}

function coverageAgrees(finding: Explained, rules: readonly RuleVerdict[]): boolean {
  const failing: boolean[] = [];
  for (const { rule, states } of rules) {
    for (const { member, state } of states) {
      const isCovered = finding.covers.some(
        (cover) =>
          (cover.balancingRule === undefined || cover.balancingRule === rule) &&
          (cover.member === undefined || cover.member === member),
      );
      if (isCovered) failing.push(state === 'down');
    }
  }
  return failing.length > 0 && failing.every(Boolean);
}
