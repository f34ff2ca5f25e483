import type { Gone as GoneAnswer, Read } from '../evidence/evidence.ts';
import type { Fact } from '../evidence/fact.ts';
import { Reading } from '../evidence/reading.ts';
import type { Gone } from './model.ts';

/** An answer made into a part of the topology; that the thing is gone stays what it is. */
export function unlessGone<T, U>(answer: Read<T> | GoneAnswer, make: (read: Read<T>) => U): U | Gone {
  return answer.gone ? answer : make(answer);
}

/** Azure's own word that a thing does not exist, as a fact. */
export function refusal(gone: Gone): Fact<string> {
  return { value: gone.refusal.error, citations: () => [gone.proof ?? gone.refusal] };
}

/** What Azure says does not exist, and what something that exists stands on: a gap, not the knowledge that it is gone. */
export function outOfSight({ refusal: { error, command } }: Pick<Gone, 'refusal'>): Reading<never> {
  return Reading.missing({ kind: 'not-found', because: error, command });
}

/** Two answers, or two parts of one, that can't both be so: nothing is known of what they are about. */
export function contradicted(because: string, command: string): Reading<never> {
  return Reading.missing({ kind: 'contradicted', because, command });
}

/** Whether it is there: neither gone nor never named. */
export function isThere<T extends object>(found: T | Gone | undefined): found is Exclude<T, Gone> {
  return found !== undefined && !('gone' in found && found.gone === true);
}

/** What is there: undefined for what is gone and for what was never named. */
export function present<T extends object>(found: T | Gone | undefined): Exclude<T, Gone> | undefined {
  return isThere(found) ? found : undefined;
}
