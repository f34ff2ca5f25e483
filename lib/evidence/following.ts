import type { Az, Call } from '../az/call.ts';
import { classify } from '../az/classify.ts';
import type { Ask } from './ask.ts';
import { commandOf, type Outcome } from './evidence.ts';
import { outcomeOf, unreadable } from './outcome.ts';
import type { Question } from './question.ts';

/** A health action takes seconds on Azure; past this many looks it isn't coming. */
const mostLooks = 30;
const longestWait = 15;

/** Fetches a long-running action's result: a pending one is exit 0 with nothing printed (az rest, 2.91). */
export async function follow(az: Az, question: Question<unknown>, ask: Ask, started: Call): Promise<Outcome> {
  const command = commandOf(ask);
  if (started.stdout.trim() !== '') return outcomeOf(ask, started, command);
  const next = question.follow?.next(started.stderr) ?? { refused: 'there is no way to follow it' };
  if ('refused' in next) return unreadable(ask, next.refused);
  for (let look = 0; look < mostLooks; look += 1) {
    const call = await az.run(next.argv, { afterSeconds: Math.min(next.waitSeconds, longestWait) });
    if (classify(call) || call.stdout.trim() !== '') return outcomeOf(ask, call, command);
  }
  const because = `no result after ${mostLooks} looks`;
  return { ask, status: 'missing', gap: { kind: 'timed-out', because, command } };
}
