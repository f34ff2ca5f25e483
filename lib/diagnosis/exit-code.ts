import type { Diagnoses } from '../../schemas/diagnoses.generated.ts';
import type { Diagnosis, Severity } from '../../schemas/diagnosis.generated.ts';
import { isAtLeast } from './order.ts';
import { isUnread } from './unread.ts';
import { isLosingTraffic } from './verdict.ts';

export type FailOn = Exclude<Severity, 'info'> | 'none';
export const failOnChoices = ['critical', 'high', 'medium', 'low', 'none'] as const satisfies readonly FailOn[];

/** How `azlb` ends after a diagnosis was printed. */
export const exitCode = (diagnosis: Diagnosis | Diagnoses, failOn: FailOn): 0 | 1 | 3 | 4 | 5 =>
  'loadBalancers' in diagnosis ? codeOfSeveral(diagnosis, failOn) : codeOfOne(diagnosis, failOn);

/** 1: problems found. 5: none found, but something that could matter was not readable. 0: neither. */
function codeOfOne({ verdict, findings }: Diagnosis, failOn: FailOn): 0 | 1 | 5 {
  if (failOn === 'none') return 0;
  if (isLosingTraffic(verdict)) return 1;
  if (findings.some((finding) => isAtLeast(failOn, finding))) return 1;
  return verdict === 'unknown' ? 5 : 0;
}

/** 3: nothing there. 4: one of them could not be read at all. What only static reasoning saw counts too: whose health was not asked is not fine. */
function codeOfSeveral({ loadBalancers, notAsked }: Diagnoses, failOn: FailOn): 0 | 1 | 3 | 4 | 5 {
  if (loadBalancers.length + notAsked.length === 0) return 3;
  if (failOn === 'none') return 0;
  const codes = loadBalancers.map((diagnosis) => codeOfOne(diagnosis, failOn));
  if (codes.includes(1) || notAsked.some(({ findings }) => findings.some((finding) => isAtLeast(failOn, finding))))
    return 1;
  if (loadBalancers.some(isUnread)) return 4;
  return codes.includes(5) || notAsked.length > 0 ? 5 : 0;
}
