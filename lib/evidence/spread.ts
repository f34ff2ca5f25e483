import { askKey } from './ask.ts';
import type { Outcome } from './evidence.ts';
import { read } from './outcome.ts';
import { attachedInterfaces } from './questions/attached-interfaces.ts';
import { interfaces } from './questions/interfaces.ts';
import { networkInterface } from './questions/network-interface.ts';

/** A list of interfaces answers for each of them as if it had been asked for alone. */
export function spread(outcomes: ReadonlyMap<string, Outcome>): ReadonlyMap<string, Outcome> {
  const all = new Map(outcomes);
  for (const [key, outcome] of outcomes) {
    const isList = key.startsWith(`${attachedInterfaces.name} `) || key.startsWith(`${interfaces.name} `);
    if (!isList || outcome.status !== 'read' || !Array.isArray(outcome.answer.printed)) continue;
    const printed: readonly unknown[] = outcome.answer.printed;
    for (const item of printed) {
      if (typeof item !== 'object' || item === null || !('id' in item) || typeof item.id !== 'string') continue;
      const ask = { question: networkInterface, id: item.id };
      // An item that doesn't fit is asked for alone, and then says what is wrong with it.
      const own = read(ask, item, JSON.stringify(item));
      if (own.status === 'read' && !all.has(askKey(ask))) all.set(askKey(ask), own);
    }
  }
  return all;
}
