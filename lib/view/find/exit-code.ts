import type { Found } from '../../../schemas/found.generated.ts';

/**
 * 1: missing from a pool that its siblings are in, gone while a pool still has it, or nothing listens on the port. 2: the name means several things.
 * 3: nothing is called so. 5: what could have mattered was not readable.
 */
export function foundExitCode({ thing, candidates, frontends, machines, notRead }: Found): 0 | 1 | 2 | 3 | 5 {
  if (candidates.length > 0) return 2;
  if (machines.some(({ missing }) => missing.length > 0)) return 1;
  if (machines.some(({ powerState, pools }) => powerState === 'gone' && pools.length > 0)) return 1;
  if (frontends.length > 0 && frontends.every(({ listens }) => listens === false)) return 1;
  if (notRead.length > 0) return 5;
  return thing === null ? 3 : 0;
}
