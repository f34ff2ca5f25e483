import { type Ask, askKey } from './ask.ts';
import type { Evidence, Outcome } from './evidence.ts';
import { read } from './outcome.ts';
import type { Listed, Question } from './question.ts';

/** A list answers for each thing in it as if that had been asked for alone; of what is not in it, it says nothing. */
export function spread(outcomes: Evidence): Evidence {
  const all = new Map(outcomes);
  for (const { question, printed } of [...outcomes.values()].flatMap((outcome) => listedIn(outcome, outcomes))) {
    const ask: Ask = { question, id: printed.id };
    // An item that doesn't fit is asked for alone, and then says what is wrong with it.
    const own = read(ask, printed, JSON.stringify(printed));
    if (own.status === 'read' && !all.has(askKey(ask))) all.set(askKey(ask), own);
  }
  return all;
}

function listedIn(outcome: Outcome, outcomes: Evidence): readonly Listed[] {
  if (outcome.status !== 'read') return [];
  const { ask, answer } = outcome;
  const beside = (question: Question<unknown>): unknown => {
    const other = outcomes.get(askKey({ question, id: ask.id }));
    return other?.status === 'read' ? other.value : undefined;
  };
  return ask.question.lists?.(answer.printed, beside) ?? [];
}
