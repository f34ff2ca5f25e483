import { is } from '../azure/words.ts';
import type { Member } from '../topology/model.ts';

const mild = { severity: 'info', kind: 'advice' } as const;

/** Outside of every balancing rule nothing is lost; where an operator took the member out, it was meant. */
export function mildUnlessServing({ pool, adminState }: Member): typeof mild | Record<string, never> {
  return pool.balancingRules.length > 0 && !is(adminState, 'Down') ? {} : mild;
}
