import type { Viewed } from './viewed.ts';

/**
 * 1: it differs from what was expected. 3: nothing there. 4: one of the load balancers could not be read. 5: some of what
 * is shown could not be.
 */
export function viewExitCode({ loadBalancers, unread }: Viewed): 0 | 1 | 3 | 4 | 5 {
  if (loadBalancers.length + unread.length === 0) return 3;
  if (loadBalancers.some((item) => hasAny(item, 'findings'))) return 1;
  if (unread.length > 0) return 4;
  return loadBalancers.some((item) => hasAny(item, 'notRead')) ? 5 : 0;
}

function hasAny(item: unknown, list: 'findings' | 'notRead'): boolean {
  const found = Object.entries(item ?? {}).find(([name]) => name === list)?.[1];
  return Array.isArray(found) && found.length > 0;
}
