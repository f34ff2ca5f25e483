import type { Az, Call } from '../az/call.ts';
import type { Ask } from './ask.ts';
import { commandOf, type Outcome } from './evidence.ts';
import { outcomeOf, unreadable } from './outcome.ts';

/** A hundred machines and more are on a page; past this many the links lead in a circle. */
const mostPages = 200;

/** Joins the pages of a list that `az rest` prints one at a time; one that is missing makes all of it missing. */
export async function allPages(az: Az, ask: Ask, first: Call): Promise<Outcome> {
  const command = commandOf(ask);
  const items: unknown[] = [];
  let call = first;
  for (let page = 1; page <= mostPages; page += 1) {
    const outcome = outcomeOf(ask, call, command);
    if (outcome.status !== 'read') return outcome;
    for (const item of itemsOf(outcome.value)) items.push(item);
    const next = ask.question.nextPage?.(outcome.value, ask.id);
    if (next === undefined) {
      const value = { value: items };
      return { ask, status: 'read', answer: { command, printed: value }, value };
    }
    if ('refused' in next) return unreadable(ask, next.refused);
    call = await az.run(next.argv);
  }
  return unreadable(ask, `it has no end after ${mostPages} pages`);
}

function itemsOf(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null && 'value' in value && Array.isArray(value.value)
    ? value.value
    : [];
}
