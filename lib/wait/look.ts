import type { HealthState, Verdict } from '../../schemas/diagnosis.generated.ts';

/** What one look at a load balancer found. */
export interface Seen {
  /** What is waited for is so, at this look. */
  readonly met: boolean;
  /** How many there are of what is counted, and how many there must be; undefined where nothing is counted or said. */
  readonly have: number | undefined;
  readonly wanted: number | undefined;
  /** What belongs there and is not: names, or how many of what. */
  readonly missing: readonly string[];
  readonly verdict: Verdict | undefined;
  readonly members: readonly SeenMember[];
  /**
   * The longest time, in seconds, in which a probe concerned finds out that a member is down or up. 0 where no health is
   * looked at: membership is configuration, and does not flap.
   */
  readonly probePeriod: number;
  /** What could not be read, and so is not known to be as wanted. */
  readonly gaps: readonly string[];
  /** What whoever waits should know, as long as it is so. */
  readonly notes: readonly string[];
}

export interface SeenMember {
  readonly key: string;
  readonly name: string;
  readonly pool: string;
  /** Undefined where nobody asked for health. */
  readonly health: HealthState | undefined;
}

/** One look, or why there was none; times in seconds since the waiting began. */
export type Look = {
  readonly from: number;
  readonly to: number;
  /** Azure asked to be left alone: for so many seconds, 0 where it did not say. */
  readonly throttledFor?: number | undefined;
} & ({ readonly seen: Seen } | { readonly unread: string });
