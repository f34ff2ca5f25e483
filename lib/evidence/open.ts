import { type Gap, Reading } from './reading.ts';

/** Looks into a reading: for the runner and for reports, never for rules. */
export function open<T>(reading: Reading<T>): { readonly known: T } | { readonly gaps: readonly Gap[] } {
  return Reading.look(reading).state;
}

export function knownOr<T, U>(reading: Reading<T>, otherwise: U): T | U {
  const state = Reading.look(reading).state;
  return 'known' in state ? state.known : otherwise;
}
