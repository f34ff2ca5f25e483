import type { Ask } from '../evidence/ask.ts';
import { open } from '../evidence/open.ts';
import type { Gap, Reading } from '../evidence/reading.ts';

/** What would have to be asked for these gaps to close. */
export function asksFor(gaps: readonly Gap[]): readonly Ask[] {
  return gaps.flatMap(({ ask }) => (ask ? [ask] : []));
}

/** What would have to be asked for these to be known. */
export function needsOf(readings: readonly Reading<unknown>[]): readonly Ask[] {
  return readings.flatMap((reading) => {
    const state = open(reading);
    return 'gaps' in state ? asksFor(state.gaps) : [];
  });
}
