import { verdicts } from '../../lib/diagnosis/verdict.ts';
import type { World } from '../world/world.ts';
import { type Answer, answersIn, withAnswer } from './answer.ts';
import { type End, ended, remembering, type Way, ways } from './asked.ts';
import { exceptionFor } from './exceptions.ts';
import { harmsTo } from './harm.ts';

export interface Told {
  readonly world: string;
  readonly way: Way;
  readonly question: string;
  readonly about: string;
  readonly harm: string;
  readonly key: string;
  readonly before: string;
  readonly after: string;
}

export interface Tried {
  readonly answers: number;
  readonly harms: number;
  /** A better word than before, for which there is no reason. */
  readonly better: readonly Told[];
  /** How often each reason of the list of exceptions held. */
  readonly exceptions: ReadonlyMap<string, number>;
}

/** A run that ends well can't end better: only worlds in which something is wrong, or not known, tell anything. */
const couldBeBetter = (way: Way, { rank, exits }: End): boolean =>
  !exits || (way !== 'wait' && rank < verdicts.indexOf('ok'));

/** From something to "nobody knows" is no better word, as long as the exit code says so. */
function isBetter(way: Way, before: End, after: End): boolean {
  if (after.exits && !before.exits) return true;
  if (after.rank <= before.rank) return false;
  return way === 'wait' || after.rank !== verdicts.indexOf('unknown') || after.exits;
}

const leastToSay =
  'nothing is known any more of some members, which is said: "degraded" is the least that is certain, and ends with 1';

/** "Degraded" after "down" where the harm took away what was known of a member. */
function isLeastToSay(before: End, after: End): boolean {
  const isDegraded = after.rank === verdicts.indexOf('degraded') && !after.exits;
  return isDegraded && (after.unknown ?? 0) > (before.unknown ?? 0);
}

export async function tried(
  name: string,
  world: World,
  { only = () => true }: { readonly only?: (at: number) => boolean } = {},
): Promise<Tried> {
  const better: Told[] = [];
  const exceptions = new Map<string, number>();
  let count = 0;
  let at = 0;
  const seen = new Set<string>();
  for (const way of ways) {
    const { az, calls } = remembering(world);
    const before = await ended(way, az, world);
    if (!couldBeBetter(way, before)) continue;
    const answers = new Map(
      calls()
        .flatMap(answersIn)
        .map((answer) => [`${answer.question} ${answer.about}`, answer]),
    );
    for (const [place, answer] of answers) {
      seen.add(place);
      for (const { harm, key, value } of harmsTo(answer.value)) {
        at += 1;
        if (!only(at)) continue;
        count += 1;
        const harmed = {
          run: async (...asked: Parameters<typeof az.run>) => withAnswer(await az.run(...asked), answer, value),
        };
        const after = await ended(way, harmed, world);
        if (!isBetter(way, before, after)) continue;
        const told = { world: name, way, ...named(answer), harm, key, before: before.said, after: after.said };
        const reason = isLeastToSay(before, after) ? leastToSay : exceptionFor(told);
        if (reason === undefined) better.push(told);
        else exceptions.set(reason, (exceptions.get(reason) ?? 0) + 1);
      }
    }
  }
  return { answers: seen.size, harms: count, better, exceptions };
}

const named = ({ question, about }: Answer) => ({ question, about });
