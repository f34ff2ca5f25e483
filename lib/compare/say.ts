import { sameName } from '../azure/ids.ts';
import type { Thing } from './description.ts';
import { kinds } from './kinds.ts';
import type { Pair } from './pair.ts';
import { fullName } from './value-text.ts';

/** `member web-2-nic (web-2) of web-pool` */
export function subject(thing: Thing): string {
  const { noun, isToldWithin } = kinds[thing.kind];
  const of = isToldWithin && thing.within !== undefined ? ` of ${thing.within}` : '';
  return `${noun} ${fullName(thing)}${of}`;
}

/** Two that are called differently are told by both names. */
export function pairSubject({ left, right }: Pair): string {
  if (sameName(left.name, right.name)) return subject(left);
  return `${kinds[left.kind].noun} ${left.name} / ${right.name}`;
}
