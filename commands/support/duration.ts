import { UsageError } from './usage-error.ts';

const units = { s: 1, m: 60, h: 3600 } as const;

/** Seconds from `90`, `90s`, `10m` or `1h`. */
export function durationOf(option: string, text: string): number {
  const [, number = '', unit = 's'] = /^(\d+(?:\.\d+)?)(s|m|h)?$/.exec(text) ?? [];
  const seconds = Number(number) * (unit === 'm' || unit === 'h' ? units[unit] : units.s);
  // Past a week nobody waits, and timers of Node overflow after 24 days.
  if (number === '' || !(seconds > 0) || seconds > 7 * 24 * 3600) {
    throw new UsageError(`${option} needs a time above 0 and up to a week: 90, 90s, 10m or 1h.`);
  }
  return seconds;
}
