import type { Az, Call, RunOptions } from '../az/call.ts';
import { classify } from '../az/classify.ts';
import { AzError, type AzFailure } from '../az/errors.ts';
import { groupOf, idKey, NoResourceId } from '../azure/ids.ts';
import { type Ask, askKey } from './ask.ts';
import { commandOf, type Evidence, keyed, type Outcome } from './evidence.ts';
import { follow } from './following.ts';
import { gapOf, outcomeOf, read } from './outcome.ts';
import { allPages } from './paging.ts';
import type { Question } from './question.ts';
import { notInRecording } from './reading.ts';

export interface Asking {
  readonly az: Az;
  /** How many characters of ids go into one command line. */
  readonly longestIds?: number;
  /** More is asked than for a diagnosis: a recording of one can lack the answer, whatever azlb made it. */
  readonly isBeyondDiagnosis?: boolean;
}

/** Python is run directly on Windows, so its limit (32,767) counts, not that of cmd (8,191). */
const longestIds = 24_000;

/** Asks everything at once, as few az processes as it can be; how many run side by side is `Az`'s own affair. */
export async function askAll(asking: Asking, asks: readonly Ask[]): Promise<Evidence> {
  const [askable, refused] = partition(asks, canAsk);
  const jobs: Promise<Evidence>[] = [];
  for (const [question, ids] of byQuestion(askable)) {
    if (question.batch) {
      const [alone, together] = partition(ids, (id) => question.alone?.(id) === true);
      jobs.push(
        ...chunks(together, asking.longestIds ?? longestIds).map((chunk) =>
          unlessNotRecorded(asking, question, chunk, askBatch(asking, question, chunk)),
        ),
      );
      jobs.push(...alone.map((id) => unlessNotRecorded(asking, question, [id], askOne(asking, question, id))));
    } else jobs.push(...ids.map((id) => unlessNotRecorded(asking, question, [id], askOne(asking, question, id))));
  }
  return merged([...(await Promise.all(jobs)), keyed(refused.map(notAskable))]);
}

/** Nothing is asked about text that is no id: it would be an option to az, or another question. */
function canAsk({ question, id }: Ask): boolean {
  if (question.batch) return id.startsWith('/');
  try {
    question.argv([id]);
    return true;
  } catch (error) {
    if (error instanceof NoResourceId) return false;
    throw error;
  }
}

function notAskable(ask: Ask): Outcome {
  const because = `${ask.question.name} can't be asked for: ${new NoResourceId(ask.id).message}`;
  return { ask, status: 'missing', gap: { kind: 'unreadable', because } };
}

/** A recording that was made before azlb asked this, or of a run that did not, can't answer it, which is nobody's fault. */
async function unlessNotRecorded(
  { isBeyondDiagnosis = false }: Asking,
  question: Question<unknown>,
  ids: readonly string[],
  asked: Promise<Evidence>,
): Promise<Evidence> {
  try {
    return await asked;
  } catch (error) {
    const recordedBy = error instanceof AzError ? error.recordedBy : undefined;
    if (recordedBy === undefined || !(isBeyondDiagnosis || isNewer(question, recordedBy))) throw error;
    const gap = notInRecording(recordedBy);
    return keyed(ids.map((id) => ({ ask: { question, id }, status: 'missing', gap })));
  }
}

function isNewer({ since }: Question<unknown>, recordedBy: string): boolean {
  return since !== undefined && recordedBy.localeCompare(since, 'en', { numeric: true }) < 0;
}

async function askOne(asking: Asking, question: Question<unknown>, id: string): Promise<Evidence> {
  const ask: Ask = { question, id };
  const outcome = await asking.az.run(question.argv([id]), optionsFor(question)).then((call) => {
    if (question.nextPage) return allPages(asking.az, ask, call);
    const isStarted = question.follow !== undefined && call.exitCode === 0 && !call.timedOut;
    return isStarted ? follow(asking.az, question, ask, call) : outcomeOf(ask, call);
  });
  return keyed([outcome]);
}

/**
 * One failing id spoils a batch, with exit 0 and its good answers lost (az 2.91): what did not come back is asked
 * again in halves, then alone, so that the good ones and each bad one's own error are had. `vm get-instance-view` loses
 * answers even where no id fails: its threads race in building the schema (az 2.91).
 */
async function askBatch(
  asking: Asking,
  question: Question<unknown>,
  ids: readonly string[],
  asked?: Call,
): Promise<Evidence> {
  const [only] = ids;
  if (only === undefined) return new Map();
  if (ids.length === 1) return askOne(asking, question, only);
  const call = asked ?? (await asking.az.run(question.argv(ids)));
  const failure = classify(call);
  if (failure && !isOfOne(failure)) return allMissing(question, ids, failure);
  // Where each of several ids fails, az ends with exit code 1 and not a word (2.50 to 2.91).
  if (failure?.isSilent) return askByGroup(asking, question, ids, (rest) => askEach(asking, question, rest));
  const came = failure ? new Map<string, Outcome>() : itemsById(question, ids, call);
  const missing = ids.filter((id) => !came.has(askKey({ question, id })));
  if (missing.length === 0) return came;
  if (failure?.kind === 'denied') {
    return merged([came, await askByGroup(asking, question, missing, (rest) => askBatch(asking, question, rest))]);
  }
  if (missing.length < ids.length) return merged([came, await askBatch(asking, question, missing)]);
  const parts = halves(missing);
  const calls = await Promise.all(parts.map((part) => callFor(asking, question, part)));
  if (failure && calls.every((one) => one && failsAlike(failure, classify(one), ids))) {
    return allMissing(question, ids, failure);
  }
  return merged(await Promise.all(parts.map((part, at) => askBatch(asking, question, part, calls[at]))));
}

/** Nothing where there is only one: that is asked in its own way. */
async function callFor({ az }: Asking, question: Question<unknown>, ids: readonly string[]): Promise<Call | undefined> {
  return ids.length > 1 ? az.run(question.argv(ids)) : undefined;
}

async function askEach(asking: Asking, question: Question<unknown>, ids: readonly string[]): Promise<Evidence> {
  return merged(await Promise.all(ids.map((id) => askOne(asking, question, id))));
}

/** Any other kind says nothing of one id, and would be the same for each. */
function isOfOne({ kind }: { readonly kind: string }): boolean {
  return ['not-found', 'group-not-found', 'denied', 'other', 'unreadable'].includes(kind);
}

/** A full disk, or whatever else is no fault of one id: half of them fail as all do, and az names none. */
function failsAlike(whole: AzFailure, half: AzFailure | undefined, ids: readonly string[]): boolean {
  if (half?.kind !== whole.kind || withoutNumbers(half.firstLine) !== withoutNumbers(whole.firstLine)) return false;
  const text = `${whole.detail}\n${half.detail}`.toLowerCase();
  return ids.every((id) => !text.includes(idKey(id)) && !text.includes(`'${nameIn(id)}'`));
}

const withoutNumbers = (text: string): string => text.slice(0, 1000).replace(/[0-9a-f-]{0,64}\d[0-9a-f-]{0,64}/gi, '');
const nameIn = (id: string): string => id.slice(id.lastIndexOf('/') + 1).toLowerCase();

function allMissing(question: Question<unknown>, ids: readonly string[], failure: AzFailure): Evidence {
  return keyed(
    ids.map((id) => {
      const ask: Ask = { question, id };
      return { ask, status: 'missing', gap: gapOf(failure, commandOf(ask)) };
    }),
  );
}

/** Rights are given per group or above as a rule: one of each group is asked alone, the others of a refused one are not. */
async function askByGroup(
  asking: Asking,
  question: Question<unknown>,
  ids: readonly string[],
  askOthers: (rest: readonly string[]) => Promise<Evidence>,
): Promise<Evidence> {
  const groups = new Map<string, string[]>();
  for (const id of ids) {
    const group = idKey(groupOf(id));
    groups.set(group, [...(groups.get(group) ?? []), id]);
  }
  const parts = [...groups.values()].map(async ([first = '', ...rest]): Promise<Evidence> => {
    const one = await askOne(asking, question, first);
    const outcome = one.get(askKey({ question, id: first }));
    const gap = outcome?.status === 'missing' ? outcome.gap : undefined;
    if (gap === undefined || (gap.kind !== 'denied' && isOfOne(gap))) return merged([one, await askOthers(rest)]);
    return merged([
      one,
      keyed(
        rest.map((id) => {
          const ask: Ask = { question, id };
          return { ask, status: 'missing', gap: gap.command === undefined ? gap : { ...gap, command: commandOf(ask) } };
        }),
      ),
    ]);
  });
  return merged(await Promise.all(parts));
}

/** What is followed is followed by what az prints on stderr with --verbose. */
function optionsFor({ follow: followUp, wholeSubscription }: Question<unknown>): RunOptions {
  return { ...(followUp && { readStderr: true }), ...(wholeSubscription && { wholeSubscription }) };
}

function itemsById(question: Question<unknown>, ids: readonly string[], call: Call): Map<string, Outcome> {
  const printed: unknown = call.stdout.trim() === '' ? [] : JSON.parse(call.stdout);
  const items: readonly unknown[] = Array.isArray(printed) ? printed : [printed];
  const asked = new Map(ids.map((id) => [idKey(id), id]));
  const found = new Map<string, Outcome>();
  for (const item of items) {
    if (typeof item !== 'object' || item === null || !('id' in item) || typeof item.id !== 'string') continue;
    const id = asked.get(idKey(item.id));
    if (id !== undefined) found.set(askKey({ question, id }), read({ question, id }, item, call.stdout));
  }
  return found;
}

function byQuestion(asks: readonly Ask[]): Map<Question<unknown>, readonly string[]> {
  const grouped = new Map<Question<unknown>, string[]>();
  for (const { question, id } of new Map(asks.map((ask) => [askKey(ask), ask])).values()) {
    const ids = grouped.get(question);
    if (ids) ids.push(id);
    else grouped.set(question, [id]);
  }
  return grouped;
}

function chunks(ids: readonly string[], longest: number): string[][] {
  const made: string[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const id of ids) {
    length += id.length + 1;
    if (length > longest) {
      made.push([]);
      length = id.length;
    }
    made.at(-1)?.push(id);
  }
  return made;
}

function halves<T>(list: readonly T[]): readonly (readonly T[])[] {
  const middle = Math.ceil(list.length / 2);
  return [list.slice(0, middle), list.slice(middle)];
}

function partition<T>(list: readonly T[], test: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [list.filter(test), list.filter((item) => !test(item))];
}

function merged(maps: readonly Evidence[]): Evidence {
  return new Map(maps.flatMap((map) => [...map]));
}
