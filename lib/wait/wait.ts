import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import type { WaitOutcome } from '../../schemas/wait.generated.ts';
import type { Az } from '../az/call.ts';
import { AzError } from '../az/errors.ts';
import { exitCodeOf } from '../az/signals.ts';
import { collectedAt } from '../collect/clock.ts';
import type { LoadBalancer } from '../topology/model.ts';
import { version as azlbVersion } from '../version.ts';
import type { Look } from './look.ts';
import { type LookAsking, lookAsking } from './look-asking.ts';
import { type Looked, type LookFor, lastingIn, lookAt, wholeDiagnosis } from './look-at.ts';
import {
  type Decision,
  firstState,
  holdSeconds,
  reduce,
  type WaitPlan,
  type WaitState,
  type WaitStep,
} from './reduce.ts';

export interface WaitFor extends LookFor, WaitPlan {
  /** The file that says what it should be. */
  readonly expectation: string | undefined;
  /** Seconds since some moment, and a sleep that an interruption ends with an AzError `interrupted`. */
  readonly clock: { readonly now: () => number; readonly sleep: (seconds: number) => Promise<void> };
  readonly onLook: (told: ToldLook) => void;
}

/** A look as it is told to whoever waits. */
export interface ToldLook {
  readonly look: Look;
  readonly state: WaitState;
  readonly decision: Decision;
  readonly changes: readonly string[];
}

type End = WaitOutcome['outcome'];

const mostChanges = 200;

/**
 * Looks until it is so, or time is up. Throws AzError where there is no such load balancer, where asking again can't
 * help, and where az never answered in the whole time.
 */
export async function wait(source: Az, what: WaitFor): Promise<WaitOutcome> {
  const begin = what.clock.now();
  const elapsed = (): number => what.clock.now() - begin;
  let state = firstState;
  let last: Looked | undefined;
  let loadBalancer: LoadBalancer | undefined;
  let failure: AzError | undefined;
  let lasting: Looked['evidence'] = new Map();
  const changes: { readonly seconds: number; readonly text: string }[] = [];
  const ended = (outcome: End, found: LastWord): WaitOutcome =>
    outcomeOf(what, {
      outcome,
      state,
      loadBalancer,
      seconds: elapsed(),
      changes: changes.slice(-mostChanges),
      ...found,
    });
  const none: LastWord = { diagnosis: null, notDiagnosed: null };
  try {
    for (;;) {
      const asking = lookAsking(source);
      const from = elapsed();
      const before: Looked | undefined = last;
      last = undefined;
      try {
        last = await lookAt(asking, what, lasting);
        loadBalancer = last.loadBalancer;
        lasting = new Map([...lasting, ...lastingIn(last.evidence)]);
      } catch (error) {
        failure = passing(error, loadBalancer !== undefined);
      }
      // A look that was cut says less than the one before it.
      if (asking.isCut() && before) return ended('timed-out', await lastWord(asking, what, before));
      const times = { from, to: elapsed(), throttledFor: asking.throttledFor() ?? throttledIn(last, failure) };
      const look: Look = last ? { ...times, seen: last.seen } : { ...times, unread: failure?.message ?? '' };
      const step: WaitStep = reduce(state, look, what);
      state = step.state;
      changes.push(...step.changes.map((text) => ({ seconds: round(look.to), text })));
      if (what.recordedAt !== undefined) {
        if (!last) throw failure ?? new Error('A recording was not looked at.');
        if (last.seen.met) return ended('met-in-recording', none);
        return ended('unmet-in-recording', await lastWord(asking, what, last));
      }
      what.onLook({ look, ...step });
      if (step.decision.kind === 'reached') return ended('reached', none);
      if (step.decision.kind === 'timed-out' || asking.isCut()) {
        if (loadBalancer === undefined && failure) throw failure;
        return ended(
          'timed-out',
          last ? await lastWord(asking, what, last) : { ...none, notDiagnosed: failure?.message ?? null },
        );
      }
      await what.clock.sleep(step.decision.afterSeconds);
    }
  } catch (error) {
    if (error instanceof AzError && error.kind === 'interrupted') return ended('interrupted', none);
    throw error;
  }
}

interface LastWord {
  readonly diagnosis: Diagnosis | null;
  readonly notDiagnosed: string | null;
}

async function lastWord(asking: LookAsking, what: WaitFor, looked: Looked): Promise<LastWord> {
  if (looked.diagnosis) return { diagnosis: looked.diagnosis, notDiagnosed: null };
  try {
    return { diagnosis: await wholeDiagnosis(asking, what, looked), notDiagnosed: null };
  } catch (error) {
    if (!(error instanceof AzError) || error.kind === 'interrupted') throw error;
    return { diagnosis: null, notDiagnosed: error.message };
  }
}

/** What asking again can help against. */
const mayPass: readonly AzError['kind'][] = [
  'throttled',
  'busy',
  'azure-failed',
  'unreachable',
  'timed-out',
  'time-up',
  'unreadable',
  'other',
];
/** What can come while waiting, and go. */
const mayComeAndGo: readonly AzError['kind'][] = [...mayPass, 'denied', 'login-expired', 'not-logged-in'];

/** The error, where the next look may do better; thrown on where it can't. */
function passing(error: unknown, wasRead: boolean): AzError {
  if (error instanceof AzError && (wasRead ? mayComeAndGo : mayPass).includes(error.kind)) return error;
  throw error;
}

function throttledIn(looked: Looked | undefined, failure: AzError | undefined): number | undefined {
  return looked === undefined && failure?.kind === 'throttled' ? (failure.failure?.retryAfter ?? 0) : undefined;
}

const round = (seconds: number): number => Math.round(seconds * 10) / 10;

function outcomeOf(
  what: WaitFor,
  about: LastWord & {
    readonly outcome: End;
    readonly state: WaitState;
    readonly loadBalancer: LoadBalancer | undefined;
    readonly seconds: number;
    readonly changes: WaitOutcome['changes'];
  },
): WaitOutcome {
  const { state, loadBalancer, seconds } = about;
  const { seen, heldSince } = state;
  const place = loadBalancer === undefined ? undefined : what.place();
  return {
    schemaVersion: 1,
    azlb: azlbVersion,
    endedAt: collectedAt(what.recordedAt),
    loadBalancer: loadBalancer
      ? {
          id: loadBalancer.id,
          name: loadBalancer.name,
          resourceGroup: loadBalancer.resourceGroup,
          subscriptionId: loadBalancer.subscriptionId,
        }
      : null,
    condition: {
      kind: what.condition.kind,
      wanted: what.condition.wanted,
      pool: place?.pool ?? null,
      balancingRule: place?.balancingRule ?? null,
      expectation: what.expectation ?? null,
    },
    outcome: about.outcome,
    seconds: round(seconds),
    looks: state.looks,
    unread: state.unread,
    heldSeconds: heldSince === undefined ? null : round(Math.max(0, seconds - heldSince)),
    holdSeconds: seen === undefined ? null : holdSeconds(seen),
    have: seen?.have ?? null,
    wanted: seen?.wanted ?? null,
    missing: seen?.missing ?? [],
    verdict: seen?.verdict ?? null,
    members: (seen?.members ?? []).map(({ key, name, pool, health }) => ({ key, name, pool, health: health ?? null })),
    gaps: seen?.gaps ?? [],
    notes: seen?.notes ?? [],
    changes: about.changes,
    diagnosis: about.diagnosis,
    notDiagnosed: about.notDiagnosed,
  };
}

/** How `azlb` ends; an interruption by its signal, 130 for Ctrl-C. */
export function waitExitCode({ outcome }: Pick<WaitOutcome, 'outcome'>): number {
  if (outcome === 'interrupted') return exitCodeOf('SIGINT');
  return outcome === 'reached' || outcome === 'met-in-recording' ? 0 : 1;
}
