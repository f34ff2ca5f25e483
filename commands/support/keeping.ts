import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { atEnd, isInterrupted } from '../../lib/az/endings.ts';
import type { Recording } from '../../lib/recording/recording.ts';
import { clean } from '../../lib/report/clean.ts';
import type { CaseFile } from '../../schemas/recording.generated.ts';
import { exitOf } from './exit.ts';
import { note } from './output.ts';

export interface Keeping {
  /** Asking ended: saves what is given, or nothing where that would be half. */
  readonly end: (caseFile: CaseFile | undefined) => Promise<void>;
}

/** Whatever is interrupted ends within this. */
const longestMilliseconds = 3000;

/**
 * Keeps a recording whole or not at all, however asking ends. Until that is decided our end by a signal waits: it must
 * not depend on who is faster.
 */
export function keepingOf(recorded: Recording, place: string): Keeping {
  const decided = decision();
  return {
    end: async (caseFile) => {
      try {
        if (caseFile) await saved(recorded, place, caseFile);
        else note(`azlb: interrupted, and nothing was recorded in ${clean(place)}.`);
      } catch (error) {
        // It must cost nobody the diagnosis, nor hide the error that there was.
        note(exitOf(error, false).message);
      } finally {
        decided();
      }
    },
  };
}

/** The same for what is only recorded when all was asked. */
export async function keepWhole(recorded: Recording, place: string, caseFile: CaseFile): Promise<void> {
  const decided = decision();
  try {
    await saved(recorded, place, caseFile);
  } finally {
    decided();
  }
}

async function saved(recorded: Recording, place: string, caseFile: CaseFile): Promise<void> {
  await recorded.save(caseFile);
  // A signal that came while nothing else could run is heard in the next turns.
  await turn();
  await turn();
  if (isInterrupted()) note(`azlb: interrupted, and the recording ${clean(place)} is whole.`);
}

function decision(): () => void {
  let decide = (): void => {};
  const decided = new Promise<void>((resolve) => {
    decide = resolve;
  });
  const forget = atEnd({
    atOnce: () => {},
    gently: () => Promise.race([decided, sleep(longestMilliseconds, undefined, { ref: false })]),
  });
  return () => {
    decide();
    forget();
  };
}
