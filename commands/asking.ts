import { stat } from 'node:fs/promises';
import type { Az } from '../lib/az/call.ts';
import { AzError } from '../lib/az/errors.ts';
import { liveAz } from '../lib/az/live.ts';
import { recording, refuseFolder } from '../lib/az/recording.ts';
import { type Replay, replayAz } from '../lib/az/replay.ts';
import type { Target } from '../lib/diagnosis/target.ts';
import { clean } from '../lib/report/clean.ts';
import type { Diagnoses } from '../schemas/diagnoses.generated.ts';
import type { Diagnosis } from '../schemas/diagnosis.generated.ts';
import { exitOf } from './exit.ts';
import { note } from './output.ts';
import { progressStyle, withProgress } from './progress.ts';
import { recordedTarget, scopeOf } from './recorded-target.ts';
import { type TargetOptions, targetOf } from './target.ts';
import { secondsOf } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface AskingOptions extends TargetOptions {
  readonly replay?: string | undefined;
  readonly record?: string | undefined;
  readonly timeout?: string | undefined;
  readonly onlyShowErrors?: boolean | undefined;
  readonly verbose?: boolean | undefined;
}

/** Asks through the az that the options choose, and keeps the recording, whether asking succeeded or not. A replay says when it was made. */
export const asking = async <T extends Diagnosis | Diagnoses>(
  options: AskingOptions,
  ask: (az: Az, target: Target, recordedAt: string | undefined) => Promise<T>,
): Promise<T> => {
  const named = targetOf(options);
  const seconds = secondsOf('--timeout', options.timeout);
  if (options.record !== undefined) await refuseFolder(options.record).catch(asUsage);
  const replay = options.replay === undefined ? undefined : await opened(options.replay);
  const source = replay ?? liveAz(seconds === undefined ? {} : { signal: AbortSignal.timeout(seconds * 1000) });
  const recorded = options.record === undefined ? undefined : recording(source, options.record);
  const shown = withProgress(recorded ?? source, progressStyle(options, process.env, process.stderr), note);
  const target = replay === undefined ? named : recordedTarget(replay, named);
  try {
    const diagnosis = await ask(shown, target, replay?.recordedAt);
    await recorded?.save(caseFile(diagnosis)).catch(told);
    return diagnosis;
  } catch (error) {
    await recorded?.save(caseFile(undefined)).catch(told);
    throw error;
  } finally {
    shown.done();
    if (replay !== undefined && options.onlyShowErrors !== true) {
      for (const line of replayNotes(replay, options)) note(line);
    }
  }
};

/** A recording that can't be written must cost nobody the diagnosis, nor hide the error that there was. */
const told = (error: unknown): void => note(exitOf(error, false).message);

const opened = async (folder: string): Promise<Replay> => {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true) throw new UsageError(`--replay ${JSON.stringify(folder)} is no folder.`);
  return replayAz(folder);
};

const asUsage = (error: unknown): never => {
  throw error instanceof AzError ? new UsageError(`--record: ${error.message}`) : error;
};

const caseFile = (
  diagnosis: Diagnosis | Diagnoses | undefined,
): Parameters<ReturnType<typeof recording>['save']>[0] => {
  const recordedAt = diagnosis?.collectedAt ?? new Date().toISOString();
  if (diagnosis === undefined) return { schemaVersion: 1, title: 'No diagnosis was reached', az: '', recordedAt };
  if ('loadBalancers' in diagnosis) {
    const title = `${diagnosis.loadBalancers.length} load balancers`;
    const az = diagnosis.loadBalancers[0]?.az ?? '';
    return { schemaVersion: 1, title, scope: scopeOf(diagnosis), az, recordedAt };
  }
  const { id, name, resourceGroup, subscriptionId } = diagnosis.loadBalancer;
  const target = { id, name, resourceGroup, subscriptionId };
  return { schemaVersion: 1, title: `${name}: ${diagnosis.verdict}`, target, az: diagnosis.az ?? '', recordedAt };
};

const replayNotes = (replay: Replay, { replay: folder = '', verbose }: AskingOptions): readonly string[] => [
  `Answered from the recording ${clean(folder)}. On your own load balancer: azlb triage -g <group> -n <name>`,
  ...(verbose === true ? replay.unused().map((question) => `Recorded and not asked for: ${clean(question)}`) : []),
];
