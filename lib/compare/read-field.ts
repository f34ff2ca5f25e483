import { open } from '../evidence/open.ts';
import type { Reading } from '../evidence/reading.ts';
import type { FieldValue } from './description.ts';

/** A field of evidence that may be missing: left out when nobody asked for it, said when it could not be read. */
export function fieldOf<T>(reading: Reading<T>, value: (known: T) => FieldValue | undefined): FieldValue | undefined {
  const state = open(reading);
  if ('known' in state) return value(state.known);
  const [first] = state.gaps.filter(({ kind }) => kind !== 'not-asked' && kind !== 'not-supported');
  if (first === undefined) return undefined;
  return {
    is: 'unread',
    because: first.command === undefined ? first.because : `${first.command}: ${first.because}`,
  };
}

type MaybeFields = Readonly<Record<string, FieldValue | undefined>>;

export const withoutUnasked = (fields: MaybeFields): Readonly<Record<string, FieldValue>> =>
  Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
