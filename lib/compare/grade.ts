import type { ChangeRisk, ChangeSeverity } from '../../schemas/comparison.generated.ts';
import { is, type Word } from '../azure/words.ts';
import type { Plain } from './description.ts';

/** What a change risks, seen from left to right. */
export interface Grade {
  readonly risk: ChangeRisk;
  readonly severity: ChangeSeverity;
}

export const risksInOrder: readonly ChangeRisk[] = ['stops-traffic', 'risk', 'helps', 'harmless'];

export const stops = (severity: ChangeSeverity = 'high'): Grade => ({ risk: 'stops-traffic', severity });
export const risks = (severity: ChangeSeverity = 'medium'): Grade => ({ risk: 'risk', severity });
export const harmless: Grade = { risk: 'harmless', severity: 'info' };
export const helps: Grade = { risk: 'helps', severity: 'info' };

/** All members of a balancing rule, on the left and on the right. */
export interface Totals {
  readonly before: number;
  readonly after: number;
}

/** Whether it is this word of Azure. */
export const says = (value: Plain, word: Word): boolean => typeof value === 'string' && is(value, word);

const isNone = (value: Plain): boolean => value === null || (Array.isArray(value) && value.length === 0);

/** Of what is graver to lose than to gain. */
export const lost =
  (grade: Grade, gained: Grade = helps, other: Grade = grade) =>
  (before: Plain, after: Plain): Grade =>
    isNone(after) ? grade : isNone(before) ? gained : other;

/** Of what is on or off. */
export const turned =
  (on: Grade, off: Grade) =>
  (_: Plain, after: Plain): Grade =>
    after === true ? on : off;
