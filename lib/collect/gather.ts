import { type Ask, askKey } from '../evidence/ask.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { spread } from '../evidence/spread.ts';

/** What is made of the evidence as it is, and what that would still ask; what was asked already is no matter. */
export interface Draft<T> {
  readonly made: T;
  readonly asks: readonly Ask[];
}

export type Asker = (asks: readonly Ask[]) => Promise<Evidence>;

/** More rounds than any chain of references is long; reaching it is a fault of ours. */
const mostRounds = 12;

/** Makes a draft, asks what it lacks, and makes it again, until nothing is lacking that can be had. */
export async function gather<T>(ask: Asker, start: Evidence, draft: (evidence: Evidence) => Draft<T>): Promise<T> {
  let evidence = start;
  for (let round = 0; round < mostRounds; round += 1) {
    const { made, asks } = draft(evidence);
    const missing = unasked(asks, evidence);
    if (missing.length === 0) return made;
    evidence = new Map([...evidence, ...spread(await ask(missing))]);
  }
  throw new Error(`Evidence was not complete after ${mostRounds} rounds of asking.`);
}

export function unasked(asks: readonly Ask[], evidence: Evidence): readonly Ask[] {
  return asks.filter((ask) => !evidence.has(askKey(ask)));
}
