import type { Health } from '../topology/model.ts';

/** Whether some member answers its probe: then the probe can be answered as it is. */
export function isAnsweredSomewhere(health: Health | undefined): boolean {
  return [...(health?.members.values() ?? [])].some(({ really }) => really === 'up');
}
