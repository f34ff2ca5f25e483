import type { RuleId } from '../rule-ids.generated.ts';

/** What follows wherever a member is down, for whatever reason. */
export const downSymptoms = [
  'rule-all-down',
  'rule-partially-down',
  'all-down-masked',
  'capacity-floor',
] as const satisfies readonly RuleId[];

/** What follows when a machine does not run or an interface is gone: Azure leaves the member out of its health answer. */
export const absentSymptoms = ['health-missing-members', ...downSymptoms] as const satisfies readonly RuleId[];
