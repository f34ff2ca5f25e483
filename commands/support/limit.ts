import type { Limit } from '../../lib/collect/target.ts';
import { UsageError } from './usage-error.ts';

/** How many load balancers, from an option; undefined when it was left out. */
export function limitOf(text: string | undefined): Limit | undefined {
  if (text === undefined || text === 'all') return text;
  if (!/^\d{1,6}$/.test(text)) throw new UsageError('--limit needs a whole number from 0 on, or all.');
  return Number(text);
}
