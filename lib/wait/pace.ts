/** How often to look, in seconds. */
export interface Pace {
  /** Between looks; `auto` begins with the probe's own period and grows while nothing changes. */
  readonly interval: number | 'auto';
}

const shortest = 5;
const growth = 1.5;
const longest = 60;
const longestBackOff = 300;

/** The shortest pause that can show something new: a probe tells nothing sooner than it finds out itself. */
export function shortestPause({ interval }: Pace, probePeriod: number): number {
  return interval === 'auto' ? Math.max(shortest, probePeriod) : Math.max(interval, probePeriod);
}

/** The pause after this one, where nothing changed. */
export function longerPause(pace: Pace, probePeriod: number, pause: number): number {
  const least = shortestPause(pace, probePeriod);
  return pace.interval === 'auto' ? Math.max(least, Math.min(pause * growth, longest)) : least;
}

/** The pause after Azure asked to be left alone so many times in a row: never less than it asked for. */
export function backOff(pause: number, times: number, asked: number): number {
  return Math.max(asked, Math.min(pause * 2 ** times, longestBackOff));
}
