import { is } from '../azure/words.ts';
import type { Probe } from './model.ts';

/** Seconds between probes; 15 where Azure does not say. */
export function intervalOf({ intervalInSeconds }: Probe): number {
  return intervalInSeconds ?? 15;
}

/** How many probes in a row change a member's state; 1 where Azure does not say. */
export function thresholdOf({ probeThreshold }: Probe): number {
  return probeThreshold ?? 1;
}

/** Seconds in which an HTTP probe must be answered, whatever its interval (load-balancer-custom-probe-overview#probe-down-behavior). */
export const httpTimeout = 30;

/** Seconds in which an answer must come: of TCP the interval. */
export function timeoutOf(probe: Probe): number {
  return is(probe.protocol, 'Tcp') ? intervalOf(probe) : httpTimeout;
}
