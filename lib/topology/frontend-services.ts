import { Reading } from '../evidence/reading.ts';
import type { BalancingRule, PrivateLinkService } from './model.ts';

/** The Private Link services before a balancing rule: none without a frontend. */
export function frontendServices({ frontend }: BalancingRule): Reading<readonly PrivateLinkService[]> {
  return frontend?.privateLinkServices ?? Reading.known([]);
}
