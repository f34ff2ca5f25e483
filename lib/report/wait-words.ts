import type { WaitOutcome } from '../../schemas/wait.generated.ts';
import type { Look, Seen } from '../wait/look.ts';
import { holdSeconds, type WaitStep } from '../wait/reduce.ts';
import { clean } from './clean.ts';
import { someOf } from './layout.ts';

type Kind = WaitOutcome['condition']['kind'];

const mostNames = 6;

/** `2 of 3 healthy, not web-2`, without end or beginning of a sentence. */
export function standing(
  kind: Kind,
  {
    have,
    wanted,
    missing,
    verdict,
  }: {
    readonly have?: number | null | undefined;
    readonly wanted?: number | null | undefined;
    readonly missing: readonly string[];
    readonly verdict?: string | null | undefined;
  },
): string {
  if (kind === 'verdict') return `verdict ${verdict ?? 'not known'}`;
  const isThere = have !== undefined && have !== null;
  const counts = isThere
    ? `${have} of ${wanted ?? '?'} ${kind === 'healthy' ? 'healthy' : 'in the pool'}`
    : 'not known';
  if (missing.length === 0) return counts;
  return `${counts}, ${kind === 'healthy' ? 'not' : 'missing:'} ${someOf(missing, mostNames)}`;
}

export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole} s`;
  const rest = whole % 60;
  return rest === 0 ? `${Math.floor(whole / 60)} min` : `${Math.floor(whole / 60)} min ${rest} s`;
}

export interface ToldStep extends WaitStep {
  readonly look: Look;
}

/** One line for one look: how it stands, what changed, what comes next. */
export function lookLine(kind: Kind, { look, state, decision, changes }: ToldStep): string {
  const next =
    decision.kind === 'again' ? `again in ${durationText(decision.afterSeconds)}` : decision.kind.replace('-', ' ');
  const time = durationText(look.to);
  if (!('seen' in look)) return clean(`${time}: not read: ${look.unread} (${next})`);
  const held = decision.kind === 'again' && decision.holding ? holding(look, look.seen, state.heldSince) : undefined;
  const throttled = look.throttledFor === undefined ? undefined : 'Azure asks to wait';
  const gaps =
    look.seen.gaps.length === 0 || changes.some((text) => text.startsWith('not read')) ? [] : ['not all read'];
  const parts = [standing(kind, look.seen), held, ...gaps, ...changes, throttled].filter((part) => part !== undefined);
  return clean(`${time}: ${parts.join('; ')} (${next})`);
}

const holding = (look: Look, seen: Seen, since: number | undefined): string =>
  `holds for ${durationText(Math.max(0, look.to - (since ?? look.to)))} of ${durationText(holdSeconds(seen))}`;
