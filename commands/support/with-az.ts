import type { Az } from '../../lib/az/call.ts';
import { isInterrupted } from '../../lib/az/endings.ts';
import { type LiveOptions, liveAz } from '../../lib/az/live.ts';
import { readOnly } from '../../lib/az/read-only.ts';
import type { Target } from '../../lib/collect/target.ts';
import { type Masks, maskedAz, masks } from '../../lib/masking/mask.ts';
import { recording } from '../../lib/recording/recording.ts';
import { durationOf } from './duration.ts';
import { keepingOf } from './keeping.ts';
import { maskedTarget, maskedText } from './masked-target.ts';
import { checkNewPlace } from './new-place.ts';
import { openedRecording, replayNotes } from './opened-recording.ts';
import { note } from './output.ts';
import { progressStyle, withProgress } from './progress.ts';
import { type Kept, keptOfNothing, madeBy } from './recorded-case.ts';
import { recordedTarget } from './recorded-target.ts';
import { isOne, type TargetOptions, targetOf } from './target.ts';

export interface AzOptions extends TargetOptions {
  readonly replay?: string | undefined;
  readonly record?: string | undefined;
  readonly mask?: boolean | undefined;
  /** Those of another call, where what both say is compared. */
  readonly masking?: Masks | undefined;
  readonly timeout?: string | undefined;
  /** Instead of --timeout, where the command has a time of its own. */
  readonly withinSeconds?: number | undefined;
  /** When the command began, by `performance.now()`, where it asks more than once. */
  readonly begun?: number | undefined;
  readonly onlyShowErrors?: boolean | undefined;
  readonly verbose?: boolean | undefined;
}

type Use<T> = (
  az: Az,
  target: Target,
  recordedAt: string | undefined,
  /** What a text that names something reads as where --mask was given; known only once az has answered about it. */
  masked: (text: string) => string,
) => Promise<T>;

/**
 * Asks the az that the options choose. A replay says when it was made. The recording is kept whether asking succeeded or
 * not, but for what was interrupted: a replay of that would refuse what was still to be asked.
 */
export async function withAz<T>(options: AzOptions, use: Use<T>, kept: (answer: T) => Kept | undefined): Promise<T> {
  const named = targetOf(options);
  const limits = limitsOf(options, named);
  await checkNewPlace('--record', options.record);
  const replay =
    options.replay === undefined ? undefined : await openedRecording(options.replay, options.mask === true);
  const real = replay ?? readOnly(liveAz(limits));
  const masking = options.mask === true ? (options.masking ?? masks()) : undefined;
  // Below all else: what is recorded, shown and diagnosed is masked already.
  const source = masking === undefined ? real : maskedAz(real, masking);
  const recorded = options.record === undefined ? undefined : recording(source, options.record);
  const shown = withProgress(recorded ?? source, progressStyle(options, process.env, process.stderr), note);
  const target = maskedTarget(replay === undefined ? named : recordedTarget(replay, named), masking);
  const made = madeBy(replay?.recordedAt);
  const keeping = recorded && keepingOf(recorded, options.record ?? '');
  try {
    const answer = await use(shown, target, replay?.recordedAt, maskedText(masking));
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

function limitsOf({ timeout, withinSeconds, begun }: AzOptions, target: Target): LiveOptions {
  const said = timeout === undefined ? undefined : durationOf('--timeout', timeout);
  const within = said ?? withinSeconds ?? (isOne(target) ? usualSeconds : undefined);
  return {
    secondsPerCall: Math.max(usualSecondsPerCall, said ?? 0),
    within: within === undefined ? undefined : { seconds: within, begun: begun ?? performance.now() },
  };
}
