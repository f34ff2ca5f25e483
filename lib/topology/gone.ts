import type { Gone as GoneAnswer, Read } from '../evidence/evidence.ts';
import type { Fact } from '../evidence/fact.ts';
import type { Gone } from './model.ts';

/** An answer made into a part of the topology; that the thing is gone stays what it is. */
export function unlessGone<T, U>(answer: Read<T> | GoneAnswer, make: (read: Read<T>) => U): U | Gone {
  return answer.gone ? answer : make(answer);
}

/** Azure's own word that a thing does not exist, as a fact. */
export function refusal(gone: Gone): Fact<string> {
  return { value: gone.refusal.error, citations: () => [gone.proof ?? gone.refusal] };
}
