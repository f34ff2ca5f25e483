import { stat } from 'node:fs/promises';
import { AzError } from '../../lib/az/errors.ts';
import { type Replay, replayAz } from '../../lib/recording/replay.ts';
import { clean } from '../../lib/report/clean.ts';
import { quoted } from '../../lib/words/quoted.ts';
import { UsageError } from './usage-error.ts';

/** The recording of --replay. */
export async function openedRecording(folder: string, isMasked: boolean): Promise<Replay> {
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

interface ReplayOptions {
  readonly replay?: string | undefined;
  readonly verbose?: boolean | undefined;
  readonly mask?: boolean | undefined;
}

/** What to know of answers that come from a recording. */
export function replayNotes(replay: Replay, { replay: folder = '', verbose, mask }: ReplayOptions): readonly string[] {
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
