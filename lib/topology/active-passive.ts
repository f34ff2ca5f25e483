import type { BalancingRule } from './model.ts';

/** Floating IP on an internal frontend: a cluster (SQL availability group, SAP) where one node up is normal. */
export function isActivePassive({ enableFloatingIP, frontend }: BalancingRule): boolean {
  return enableFloatingIP === true && frontend?.kind === 'internal';
}
