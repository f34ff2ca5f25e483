import { stat } from 'node:fs/promises';
import type { Az } from '../lib/az/call.ts';
import { isInterrupted } from '../lib/az/endings.ts';
import { AzError } from '../lib/az/errors.ts';
import { type LiveOptions, liveAz } from '../lib/az/live.ts';
import { readOnly } from '../lib/az/read-only.ts';
import type { Target } from '../lib/collect/target.ts';
import { type Masks, maskedAz, masks } from '../lib/masking/mask.ts';
import { recording, refuseFolder } from '../lib/recording/recording.ts';
import { type Replay, replayAz } from '../lib/recording/replay.ts';
import { clean } from '../lib/report/clean.ts';
import { version } from '../lib/version.ts';
import { quoted } from '../lib/words/quoted.ts';
import type { Diagnoses } from '../schemas/diagnoses.generated.ts';
import type { Diagnosis } from '../schemas/diagnosis.generated.ts';
import { durationOf } from './duration.ts';
import { keepingOf } from './keeping.ts';
import { note } from './output.ts';
import { progressStyle, withProgress } from './progress.ts';
import { type Kept, keptOfDiagnosis, keptOfNothing } from './recorded-case.ts';
import { recordedTarget } from './recorded-target.ts';
import { type TargetOptions, targetOf } from './target.ts';
import { UsageError } from './usage-error.ts';

export interface AskingOptions extends TargetOptions {
  readonly replay?: string | undefined;
  readonly record?: string | undefined;
  readonly mask?: boolean | undefined;
  /** Those of another asking, where what both say is compared. */
  readonly masking?: Masks | undefined;
  readonly timeout?: string | undefined;
  /** Instead of --timeout, where the command has a time of its own. */
  readonly withinSeconds?: number | undefined;
  /** When the command began, by `performance.now()`, where it asks more than once. */
  readonly begun?: number | undefined;
  readonly onlyShowErrors?: boolean | undefined;
  readonly verbose?: boolean | undefined;
}

type Ask<T> = (
  az: Az,
  target: Target,
  recordedAt: string | undefined,
  /** What a text that names something reads as where --mask was given; known only once az has answered about it. */
  masked: (text: string) => string,
) => Promise<T>;

/** Asks for a diagnosis, through the az that the options choose. A replay says when it was made. */
export const asking = <T extends Diagnosis | Diagnoses>(options: AskingOptions, ask: Ask<T>): Promise<T> =>
  askingFor(options, ask, keptOfDiagnosis);

/**
 * The same for anything else that az is asked about. The recording is kept whether asking succeeded or not, but for what
 * was interrupted: a replay of that would refuse what was still to be asked.
 */
export async function askingFor<T>(
  options: AskingOptions,
  ask: Ask<T>,
  kept: (answer: T) => Kept | undefined,
): Promise<T> {
  const named = targetOf(options);
  const limits = limitsOf(options, named);
  if (options.record !== undefined) await refuseFolder(options.record).catch(asUsage);
  const replay = options.replay === undefined ? undefined : await opened(options.replay, options.mask === true);
  const real = replay ?? readOnly(liveAz(limits));
  const masking = options.mask === true ? (options.masking ?? masks()) : undefined;
  // Below all else: what is recorded, shown and diagnosed is masked already.
  const source = masking === undefined ? real : maskedAz(real, masking);
  const recorded = options.record === undefined ? undefined : recording(source, options.record);
  const shown = withProgress(recorded ?? source, progressStyle(options, process.env, process.stderr), note);
  const target = maskedTarget(replay === undefined ? named : recordedTarget(replay, named), masking);
  // Whoever replays an older recording can't ask what that one did not.
  const made = { schemaVersion: 1, ...(replay === undefined && { azlb: version }) } as const;
  const keeping = recorded && keepingOf(recorded, options.record ?? '');
  try {
    const answer = await ask(shown, target, replay?.recordedAt, maskedText(masking));
    const about = kept(answer);
    await keeping?.end(about && { ...made, ...about });
    return answer;
  } catch (error) {
    await keeping?.end(isInterrupted() ? undefined : { ...made, ...keptOfNothing() });
    throw error;
  } finally {
    shown.done();
    if (replay !== undefined && options.onlyShowErrors !== true) {
      for (const line of replayNotes(replay, options)) note(line);
    }
  }
}

/** For one load balancer, where nothing else was said: whoever asks about a group knows that it takes its time. */
const usualSeconds = 600;
const usualSecondsPerCall = 120;

function limitsOf({ timeout, withinSeconds, begun }: AskingOptions, target: Target): LiveOptions {
  const isOne = target.kind === 'named' || target.kind === 'id';
  const said = timeout === undefined ? undefined : durationOf('--timeout', timeout);
  const within = said ?? withinSeconds ?? (isOne ? usualSeconds : undefined);
  return {
    secondsPerCall: Math.max(usualSecondsPerCall, said ?? 0),
    within: within === undefined ? undefined : { seconds: within, begun: begun ?? performance.now() },
  };
}

async function opened(folder: string, isMasked: boolean): Promise<Replay> {
  const found = await stat(folder).catch(() => undefined);
  const isOne = found?.isDirectory() === true || (found?.isFile() === true && folder.toLowerCase().endsWith('.json'));
  if (!isOne) throw new UsageError(`--replay ${quoted(folder)} is no folder, and no recording in one file.`);
  // The reason names a file, which is called after a resource.
  if (isMasked) return replayAz(folder).catch(withoutReason);
  return replayAz(folder);
}

function withoutReason(error: unknown): never {
  if (!(error instanceof AzError)) throw error;
  throw new AzError(error.kind, 'The folder of --replay is no recording that can be read. Without --mask it says why.');
}

function asUsage(error: unknown): never {
  throw error instanceof AzError ? new UsageError(`--record: ${error.message}`) : error;
}

function maskedTarget(target: Target, masking: Masks | undefined): Target {
  if (masking === undefined) return target;
  if (target.kind === 'id') return { ...target, id: masking.id(target.id) };
  if (target.kind === 'ids') return { ...target, ids: target.ids.map(masking.id) };
  const scope = {
    resourceGroup: target.resourceGroup && masking.name(target.resourceGroup, 'group'),
    subscription: target.subscription && masking.subscription(target.subscription),
  };
  return target.kind === 'scope'
    ? { ...target, ...scope }
    : { ...target, name: masking.name(target.name, 'lb'), ...scope };
}

const maskedText =
  (masking: Masks | undefined) =>
  (text: string): string => {
    if (masking === undefined) return text;
    return text.startsWith('/') ? masking.id(text) : masking.text(text);
  };

function replayNotes(replay: Replay, { replay: folder = '', verbose, mask }: AskingOptions): readonly string[] {
  // A folder may be called after what is in it, and what was never asked for was never masked.
  const isMasked = mask === true;
  const unused = verbose === true ? replay.unused() : [];
  return [
    `Answered from ${isMasked ? 'a recording' : `the recording ${clean(folder)}`}. On your own load balancer: azlb triage -g <group> -n <name>`,
    ...(isMasked && unused.length > 0
      ? [`Recorded and not asked for: ${unused.length}. Without --mask they are named.`]
      : unused.map((question) => `Recorded and not asked for: ${clean(question)}`)),
  ];
}
