import type { Ask } from '../evidence/ask.ts';
import type { Reading } from '../evidence/reading.ts';
import type { Topology } from '../topology/model.ts';
import { needsOf } from './needs.ts';

/** What every report shows, whatever the rules need: health, and each member's interface and machine. */
export function baseline({ loadBalancer }: Topology): readonly Ask[] {
  const readings: Reading<unknown>[] = [];
  for (const rule of loadBalancer.balancingRules) if (rule.measured) readings.push(rule.health);
  for (const pool of loadBalancer.pools) for (const member of pool.members) readings.push(member.nic, member.machine);
  return needsOf(readings);
}
