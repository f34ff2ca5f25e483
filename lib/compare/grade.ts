import type { ChangeRisk, ChangeSeverity } from '../../schemas/comparison.generated.ts';

/** What a change risks, seen from left to right. */
export interface Grade {
  readonly risk: ChangeRisk;
  readonly severity: ChangeSeverity;
}

export const severities: readonly ChangeSeverity[] = ['critical', 'high', 'medium', 'low', 'info'];

export const risksInOrder: readonly ChangeRisk[] = ['stops-traffic', 'risk', 'helps', 'harmless'];

export const stops = (severity: ChangeSeverity = 'high'): Grade => ({ risk: 'stops-traffic', severity });
export const risks = (severity: ChangeSeverity = 'medium'): Grade => ({ risk: 'risk', severity });
export const harmless: Grade = { risk: 'harmless', severity: 'info' };
export const helps: Grade = { risk: 'helps', severity: 'info' };
