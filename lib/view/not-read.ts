import type { NotRead } from '../../schemas/tree.generated.ts';
import { open } from '../evidence/open.ts';
import type { Reading } from '../evidence/reading.ts';
import type { BalancingRule, LoadBalancer } from '../topology/model.ts';

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
    ...balancingRules.flatMap(healthReadings),
    ...pools.flatMap(({ members }) => members.flatMap(({ nic, machine }) => [nic, machine])),
  ]);
}

/** Where a rule's health could not be read: its first source, which is the one to ask an administrator for, and the other. */
export function healthReadings({ measured, reasons, health }: BalancingRule): readonly Reading<unknown>[] {
  return measured && 'gaps' in open(health) ? [reasons, health] : [];
}
