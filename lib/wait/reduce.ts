import { changesBetween } from './changes.ts';
import type { Look, Seen } from './look.ts';
import { backOff, longerPause, type Pace, shortestPause } from './pace.ts';

export interface WaitPlan extends Pace {
  readonly timeoutSeconds: number;
}

/** What is remembered between looks. */
export interface WaitState {
  readonly looks: number;
  /** Looks that az could not answer. */
  readonly unread: number;
  /** What the last look that was answered found. */
  readonly seen: Seen | undefined;
  /** Since when, without interruption, every look found what is waited for: the end of the first of them. */
  readonly heldSince: number | undefined;
  readonly pause: number;
  readonly throttledTimes: number;
}

export type Decision =
  | { readonly kind: 'reached' }
  | { readonly kind: 'timed-out' }
  /** `holding`: it is so, and not for long enough yet. */
  | { readonly kind: 'again'; readonly afterSeconds: number; readonly holding: boolean };

export interface WaitStep {
  readonly state: WaitState;
  readonly decision: Decision;
  readonly changes: readonly string[];
}

export const firstState: WaitState = {
  looks: 0,
  unread: 0,
  seen: undefined,
  heldSince: undefined,
  pause: 0,
  throttledTimes: 0,
};

/** With less than this to begin it in, another look would tell the same. */
const leastRemaining = 1;

/**
 * How long the next look and, after it, the diagnosis of what is not there yet will take: a diagnosis asks for about twice
 * as much as a look, and may take a quarter of all time.
 */
function needed({ from, to }: Look, { timeoutSeconds }: WaitPlan): number {
  const look = to - from;
  return look + Math.min(2 * look, timeoutSeconds / 4);
}

/** How long it must hold before it counts: a probe that just changed its mind has had the time to change it again. */
export function holdSeconds({ probePeriod }: Seen): number {
  return 2 * probePeriod;
}

/** From what was known and one more look to what is known now, and what to do. */
export function reduce(before: WaitState, look: Look, plan: WaitPlan): WaitStep {
  const seen = 'seen' in look ? look.seen : undefined;
  const changes = seen && before.seen ? changesBetween(before.seen, seen) : [];
  const heldSince = seen?.met === true ? (before.heldSince ?? look.to) : undefined;
  const throttledTimes = look.throttledFor === undefined ? 0 : before.throttledTimes + 1;
  const isHeld = seen !== undefined && heldSince !== undefined;
  const pause = pauseAfter(before, plan, { seen, changed: changes.length > 0, isHeld });
  const state: WaitState = {
    looks: before.looks + 1,
    unread: before.unread + (seen === undefined ? 1 : 0),
    seen: seen ?? before.seen,
    heldSince,
    pause,
    throttledTimes,
  };
  const done = (decision: Decision): WaitStep => ({ state, decision, changes });
  // What was seen was so at some time between a look's begin and its end: only what is certain counts.
  if (isHeld && (heldSince === look.to ? 0 : look.from - heldSince) >= holdSeconds(seen)) {
    return done({ kind: 'reached' });
  }
  const remaining = plan.timeoutSeconds - look.to - needed(look, plan);
  const asked = look.throttledFor ?? 0;
  if (remaining < leastRemaining || asked > remaining) return done({ kind: 'timed-out' });
  const after = look.throttledFor === undefined ? pause : backOff(pause, throttledTimes, asked);
  return done({ kind: 'again', afterSeconds: Math.min(after, remaining), holding: isHeld });
}

function pauseAfter(
  before: WaitState,
  plan: WaitPlan,
  now: { readonly seen: Seen | undefined; readonly changed: boolean; readonly isHeld: boolean },
): number {
  const period = (now.seen ?? before.seen)?.probePeriod ?? 0;
  // Things move, or are about to be decided: worth a closer look.
  if (before.pause === 0 || now.changed || now.isHeld) return shortestPause(plan, period);
  return longerPause(plan, period, before.pause);
}
