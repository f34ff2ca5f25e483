import type { Viewed } from './viewed.ts';

/** 3: nothing there. 4: one of the load balancers could not be read. 5: some of what is shown could not be. */
export function viewExitCode({ loadBalancers, unread }: Viewed): 0 | 3 | 4 | 5 {
  if (loadBalancers.length + unread.length === 0) return 3;
  if (unread.length > 0) return 4;
  return loadBalancers.some(hasGaps) ? 5 : 0;
}

function hasGaps(item: unknown): boolean {
  if (typeof item !== 'object' || item === null || !('notRead' in item)) return false;
  return Array.isArray(item.notRead) && item.notRead.length > 0;
}
