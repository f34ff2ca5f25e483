import type { Pool } from '../topology/model.ts';
import type { ExpectedPool } from './expectation.ts';

/** Not even all members together are as many as must be healthy. */
export function isUndercut({ smallestHealthy }: ExpectedPool, { members }: Pool): boolean {
  return smallestHealthy !== undefined && members.length < smallestHealthy.value;
}
