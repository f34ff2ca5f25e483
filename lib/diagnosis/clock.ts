import type { Clock } from '../evidence/following.ts';

/** Waits as long as it says; a recording's answers are all there and wait for nothing. */
export function clockFor(recordedAt: string | undefined): Clock {
  return { sleep: recordedAt === undefined ? sleep : async () => {} };
}

const sleep = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
