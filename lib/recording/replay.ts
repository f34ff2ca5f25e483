import type { RecordedScope, RecordedTarget } from '../../schemas/recording.generated.ts';
import type { Az, Call } from '../az/call.ts';
import { commandLine } from '../az/classify.ts';
import { AzError } from '../az/errors.ts';
import { parsed, printed, property } from '../az/json.ts';
import { keyOf, question, type RecordedQuestion } from './question.ts';
import { type RecordedCall, readRecording } from './recorded-folder.ts';

/** What made the recordings that don't say which azlb made them. */
const firstVersion = '0.1.0';

export interface Replay extends Az {
  /** What the recording is about; nothing when it is of a whole group or subscription. */
  readonly target?: RecordedTarget;
  readonly scope?: RecordedScope;
  readonly title: string;
  /** The version of az that answered. */
  readonly azVersion: string;
  /** ISO 8601, UTC. */
  readonly recordedAt: string;
  /** The recorded calls that nobody has asked for, as `calls/NN-….json: az …`. */
  unused(): readonly string[];
}

/** One resource's answer: its part of a batch, or a call of its own. */
interface Answer {
  readonly from: RecordedCall;
  readonly part?: { readonly value: unknown };
}

/** An az that answers from a folder, question by question, whatever batches they were recorded or are asked in. */
export async function replayAz(folder: string): Promise<Replay> {
  const { caseFile, calls } = await readRecording(folder);
  const { target, azlb: recordedBy = firstVersion } = caseFile;
  const scope = target === undefined ? caseFile.scope : undefined;
  const unanswered = (argv: readonly string[], id: string | undefined) => refused({ folder, recordedBy }, argv, id);
  const place = target ?? (typeof scope?.subscription === 'string' ? { subscriptionId: scope.subscription } : {});
  const batches = new Map<string, Answer[]>();
  const answers = new Map<string, Answer[]>();
  const lost = new Map<string, RecordedCall>();
  const asked = new Map<Answer[], number>();
  const used = new Set<RecordedCall>();

  for (const recorded of calls) {
    const about = question(recorded.call.argv, recorded.call.input, place);
    const [only] = about.keys;
    if (!about.isBatch && only !== undefined) {
      add(answers, only, { from: recorded });
      continue;
    }
    add(batches, batchKey(about), { from: recorded });
    const parts = partsOf(about, recorded.call);
    for (const key of about.keys) {
      const part = parts.get(key);
      if (part) add(answers, key, { from: recorded, part });
      else lost.set(key, recorded);
    }
  }

  // A question asked again gets the next answer, as when polling; the last one stays.
  const next = (list: Answer[] | undefined): Answer | undefined => {
    if (!list) return undefined;
    const at = asked.get(list) ?? 0;
    asked.set(list, at + 1);
    const answer = list[Math.min(at, list.length - 1)];
    if (answer) used.add(answer.from);
    return answer;
  };

  const answerOne = (key: string): Answer | undefined => {
    const answer = next(answers.get(key));
    const failed = lost.get(key);
    if (failed) used.add(failed);
    if (answer || !failed) return answer;
    return { from: failed };
  };

  const answerBatch = (argv: readonly string[], about: RecordedQuestion): Call => {
    const found = about.keys.map((key, at) => answerOne(key) ?? unanswered(argv, about.ids[at]));
    const values = found.map(cameBack).filter((value) => value !== undefined);
    const seconds = found.reduce((most, { from }) => Math.max(most, from.call.seconds), 0);
    // az 2.91 on several ids: what failed is left out, exit 0; one result alone is no list; none is exit code 1 without a word.
    if (values.length === 0) return { argv, exitCode: 1, stdout: '', stderr: '', seconds };
    const stdout = printed(values.length === 1 ? values[0]?.value : values.map(({ value }) => value));
    return { argv, exitCode: 0, stdout, stderr: '', seconds };
  };

  return {
    ...(target ? { target } : {}),
    ...(scope ? { scope } : {}),
    title: caseFile.title,
    azVersion: caseFile.az,
    recordedAt: caseFile.recordedAt,
    async run(argv, options) {
      const about = question(argv, options?.input, place);
      const whole = about.isBatch ? next(batches.get(batchKey(about))) : undefined;
      if (whole) return { ...whole.from.call, argv };
      if (about.isBatch) return answerBatch(argv, about);
      const key = about.keys[0] ?? '';
      const { from, part } = answerOne(key) ?? unanswered(argv, about.ids[0]);
      // Lost from a batch that ended well, and never asked for again: nobody knows its answer.
      if (!part && lost.get(key) === from && from.call.exitCode === 0 && !from.call.timedOut)
        return unanswered(argv, about.ids[0]);
      if (!part) return { ...from.call, argv };
      return { argv, exitCode: 0, stdout: printed(part.value), stderr: '', seconds: from.call.seconds };
    },
    unused: () => calls.filter((call) => !used.has(call)).map(({ file, call }) => `${file}: ${commandLine(call)}`),
  };
}

function add(lists: Map<string, Answer[]>, key: string, answer: Answer): void {
  const list = lists.get(key);
  if (list) list.push(answer);
  else lists.set(key, [answer]);
}

function batchKey({ keys }: RecordedQuestion): string {
  return [...keys].sort().join('\n\n');
}

/** What came back in a batch, by key. Whatever has no id of its own, such as the `{}` of a spoiled batch, did not come back. */
function partsOf(about: RecordedQuestion, call: Call): ReadonlyMap<string, { readonly value: unknown }> {
  const parts = new Map<string, { readonly value: unknown }>();
  const value = call.exitCode === 0 && !call.timedOut ? parsed(call.stdout)?.value : undefined;
  for (const item of Array.isArray(value) ? value : [value]) {
    const id = idOf(item);
    if (id !== undefined) parts.set(keyOf(about.verb, id, about.detail), { value: item });
  }
  return parts;
}

// `nic list-effective-nsg` says whose its groups are only in their associations.
function idOf(item: unknown): string | undefined {
  const id = property(item, 'id');
  if (typeof id === 'string') return id;
  const groups = property(item, 'value');
  for (const group of Array.isArray(groups) ? groups : []) {
    const nic = property(property(property(group, 'association'), 'networkInterface'), 'id');
    if (typeof nic === 'string') return nic;
  }
  return undefined;
}

function cameBack({ from, part }: Answer): { readonly value: unknown } | undefined {
  if (part) return part;
  const { call } = from;
  // A batch stands here for an id that it lost.
  return call.exitCode === 0 && !call.timedOut && !question(call.argv, call.input).isBatch
    ? parsed(call.stdout)
    : undefined;
}

function refused(
  { folder, recordedBy }: { readonly folder: string; readonly recordedBy: string },
  argv: readonly string[],
  id: string | undefined,
): never {
  const about = id === undefined ? '' : ` (about ${id})`;
  throw new AzError(
    'not-recorded',
    `The recording ${folder} has no answer to ${commandLine({ argv })}${about}. Record it again with --record.`,
    { recordedBy },
  );
}
