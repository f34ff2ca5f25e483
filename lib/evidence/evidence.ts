import { NoResourceId } from '../azure/ids.ts';
import { bashQuoted } from '../shell/bash.ts';
import { type Ask, askKey } from './ask.ts';
import type { Question } from './question.ts';
import { type Gap, Reading } from './reading.ts';
import type { Answer } from './source.ts';

/** What became of one ask: an answer that fits, the knowledge that the thing is gone, or a gap. */
export type Outcome = { readonly ask: Ask } & (
  | { readonly status: 'read'; readonly answer: Answer; readonly value: unknown }
  | { readonly status: 'gone'; readonly refusal: Refusal }
  | { readonly status: 'missing'; readonly gap: Gap }
);

/** az's own refusal, as evidence: that a referenced resource does not exist is knowledge. */
export interface Refusal {
  readonly command: string;
  readonly exitCode: number;
  readonly error: string;
}

/** A thing that Azure says does not exist. */
export interface Gone {
  readonly gone: true;
  readonly id: string;
  readonly refusal: Refusal;
}

/** An answer that was read, with its origin. */
export interface Read<T> {
  readonly gone?: undefined;
  readonly answer: Answer;
  readonly value: T;
}

/** Everything asked so far, by `askKey`. Each round of asking makes a new one. */
export type Evidence = ReadonlyMap<string, Outcome>;

export function keyed(outcomes: readonly Outcome[]): Evidence {
  return new Map(outcomes.map((outcome) => [askKey(outcome.ask), outcome]));
}

/** The command that a person types to ask this. */
export function commandOf({ question, id }: Ask): string {
  try {
    return bashQuoted(['az', ...question.argv([id])]);
  } catch (error) {
    // An item of a list may have an id by which nothing can be asked.
    if (error instanceof NoResourceId) return `az # ${question.name}`;
    throw error;
  }
}

export function reading<T>(evidence: Evidence, question: Question<T>, id: string): Reading<Read<T> | Gone> {
  const ask: Ask = { question, id };
  const outcome = evidence.get(askKey(ask));
  if (!outcome) return Reading.missing({ kind: 'not-asked', because: `${question.name} was not asked`, ask });
  if (outcome.status === 'missing') return Reading.missing(outcome.gap);
  if (outcome.status === 'gone') return Reading.known({ gone: true as const, id, refusal: outcome.refusal });
  return Reading.known({ answer: outcome.answer, value: typed(question, outcome.value) });
}

/** All that was read in answer to one question, whatever it was about. */
export function readBy<T>(evidence: Evidence, question: Question<T>): readonly (Read<T> & { readonly id: string })[] {
  return [...evidence.values()].flatMap((outcome) => {
    if (outcome.status !== 'read' || outcome.ask.question !== question) return [];
    return [{ id: outcome.ask.id, answer: outcome.answer, value: typed(question, outcome.value) }];
  });
}

/** `Outcome.value` was checked against the question's own schema when it arrived, and T is generated from that schema. */
function typed<T>(_question: Question<T>, value: unknown): T {
  return value as T;
}
