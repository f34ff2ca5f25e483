import type { Probe } from './model.ts';

/** Seconds between probes; 15 where Azure does not say. */
export function intervalOf({ intervalInSeconds }: Probe): number {
  return intervalInSeconds ?? 15;
}

/** How many probes in a row change a member's state; 1 where Azure does not say. */
export function thresholdOf({ probeThreshold }: Probe): number {
  return probeThreshold ?? 1;
}
