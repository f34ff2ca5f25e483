import type { NotRead } from '../../schemas/tree.generated.ts';
import { open } from '../evidence/open.ts';
import type { Reading } from '../evidence/reading.ts';
import type { LoadBalancer } from '../topology/model.ts';

/** Why these could not be read, each reason once. */
export function reasonsOf(readings: readonly Reading<unknown>[]): readonly NotRead[] {
  const reasons = readings.flatMap((reading) => {
    const state = open(reading);
    if ('known' in state) return [];
    return state.gaps.map(({ command, because }) => (command === undefined ? because : `${command}: ${because}`));
  });
  return [...new Set(reasons)].sort().map((because) => ({ because }));
}

/** What should have been read of a load balancer's members and was not. */
export function notReadOf({ balancingRules, pools }: LoadBalancer): readonly NotRead[] {
  return reasonsOf([
    // The first source is the one to ask an administrator for, where the second can't be had either.
    ...balancingRules
      .filter(({ measured, health }) => measured && 'gaps' in open(health))
      .flatMap(({ reasons, health }) => [reasons, health]),
    ...pools.flatMap(({ members }) => members.flatMap(({ nic, machine }) => [nic, machine])),
  ]);
}
