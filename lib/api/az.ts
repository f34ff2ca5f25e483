import { statSync } from 'node:fs';
import { liveAz as startAz } from '../az/live.ts';
import { replayAz as openRecording } from '../recording/replay.ts';
import { quoted } from '../words/quoted.ts';
import { handedOut } from './handed-out.ts';
import type { Az } from './interface.ts';
import { misuse } from './telling.ts';

export interface LiveAzOptions {
  /** False asks with az's typed commands alone, which is all there is today. */
  readonly batch?: boolean | undefined;
}

/** The Azure CLI that is logged in on this machine. It is looked for at the first question. */
export function liveAz(_options: LiveAzOptions = {}): Az {
  return handedOut(async (limits) => ({ az: startAz(limits) }));
}

/** An az that answers from a recording of `azlb triage --record` or `azlb snapshot`: a folder, or one file. */
export function replayAz(folder: string): Az {
  if (typeof folder !== 'string' || statSync(folder, { throwIfNoEntry: false }) === undefined) {
    throw misuse(`${quoted(String(folder))} is no folder, and no recording in one file.`);
  }
  return handedOut(async () => {
    const recording = await openRecording(folder);
    return { az: recording, recording };
  });
}
