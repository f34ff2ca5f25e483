import { lastSegment } from '../../lib/azure/ids.ts';
import { nearestOf } from '../../lib/nearest.ts';
import type { LoadBalancer } from '../../lib/topology/model.ts';
import { UsageError } from './usage-error.ts';

/** `given` is the option with what was given to it, as it is said. */
export function noSuchPool(given: string, { name, pools }: LoadBalancer, text: string): UsageError {
  const names = pools.map((pool) => pool.name);
  const meant = nearestOf(lastSegment(text), names);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  const there = names.length === 0 ? 'It has no pool at all.' : `It has ${names.join(', ')}.`;
  return new UsageError(`${given}: ${name} has no such pool.${hint} ${there}`);
}
