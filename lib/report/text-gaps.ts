import type { AskedCall, Diagnosis, NotEvaluated } from '../../schemas/diagnosis.generated.ts';
import { counted } from '../words/counted.ts';
import { inOrder } from '../words/name-order.ts';
import { shortId, someOf, wrap } from './layout.ts';
import type { TextStyle } from './text-style.ts';

const mostReasons = 6;

/** What could not be looked at, by reason: one missing permission is one thing to ask for, however many rules it stops. */
export function gapLines(
  { notEvaluated, calls, verdict }: Pick<Diagnosis, 'notEvaluated' | 'calls' | 'verdict'>,
  style: TextStyle,
): readonly string[] {
  const byReason = new Map<string, readonly NotEvaluated[]>();
  for (const gap of notEvaluated) byReason.set(gap.because, [...(byReason.get(gap.because) ?? []), gap]);
  const reasons = [...byReason];
  const title = style.paint.bold('NOT READ');
  const timeUp = timeUpLines(calls, style);
  if (reasons.length === 0 && timeUp.length === 0) return [`${title}  nothing that was asked.`];
  const told = style.verbose ? reasons : reasons.slice(0, mostReasons);
  const untold = reasons.length - told.length;
  return [
    `${title}${verdict === 'unknown' ? '' : '  The verdict stands without it.'}`,
    ...timeUp,
    ...told.flatMap(([because, group]) => reasonLines(because, group, style)),
    ...(untold === 0 ? [] : [style.paint.dim(`  and ${counted(untold, 'further reason')} with --verbose`)]),
  ];
}

/** What there was time for, and what not. */
function timeUpLines(calls: Diagnosis['calls'], style: TextStyle): readonly string[] {
  const cut = calls.filter(({ because }) => because?.startsWith(timeIsUp));
  const [first] = cut;
  if (first === undefined) return [];
  const after = first.because?.replace(/\.$/, '') ?? '';
  const most = style.verbose ? Number.POSITIVE_INFINITY : 6;
  const list = (some: readonly AskedCall[]) => someOf(inOrder([...new Set(some.map(askedText))]), most) || 'nothing';
  const read = calls.filter(({ status }) => status === 'read');
  return wrap(`${after}; read: ${list(read)}; not read: ${list(cut)}.`, style.width, '  ', '    ');
}

const timeIsUp = 'Time was up';

/** `lb show web-lb`: what a call asked, and of what. */
function askedText({ command }: Pick<AskedCall, 'command'>): string {
  const words = command.split(' ').slice(1);
  const verbs = words
    .slice(
      0,
      Math.max(
        0,
        words.findIndex((word) => word.startsWith('-')),
      ),
    )
    .filter((word) => word !== 'network');
  const health = /\/loadBalancingRules\/([^/]+)\/health\b/.exec(command)?.[1];
  if (health !== undefined) return `health of ${health}`;
  const ids = command.match(/\/subscriptions\/[^\s'?]+/g) ?? [];
  const names = ids.map((id) => id.split('/').at(-1) ?? id);
  return [...(verbs.length === 0 ? words.slice(0, 1) : verbs), someOf(names, 3)].join(' ').trim();
}

function reasonLines(because: string, group: readonly NotEvaluated[], style: TextStyle): readonly string[] {
  const rules = inOrder([...new Set(group.map(({ rule }) => rule))]);
  const things = inOrder([...new Set(group.map(({ on }) => shortId(on)))]);
  const most = style.verbose ? Number.POSITIVE_INFINITY : 3;
  return [
    ...wrap(`? ${style.verbose ? because : shortReason(because)}`, style.width, '  ', '    '),
    ...wrap(`Undecided: ${someOf(rules, most)}, on ${someOf(things, most)}.`, style.width, '    '),
  ];
}

const longestReason = 260;
const longestAdvice = 200;

/**
 * ARM's refusals are long; what counts is the action that was denied, because that is what to ask an administrator for.
 * Of all else the command is shortened to what it asks, and then the middle: at the end stands what to do.
 */
export function shortReason(because: string): string {
  const [, action, scope] =
    /not have (?:authorization|permission)(?:\(s\))? to perform action(?:\(s\))? '([^']{1,300})'(?: over scope '([^']{1,600})')?/.exec(
      because,
    ) ?? [];
  if (action !== undefined) {
    const where = scope === undefined ? '' : ` on ${shortId(scope)}`;
    return `Denied${where}: ask an administrator for the action ${action}.`;
  }
  if (because.length <= longestReason) return because;
  const text = withShortCommand(because);
  if (text.length <= longestReason) return text;
  const advice = text.slice(text.slice(0, -1).lastIndexOf('. ') + 2);
  const end = advice.length > longestAdvice ? '' : ` ${advice}`;
  return `${text.slice(0, longestReason - end.length)}…${end} (in full with --verbose)`;
}

/** `az rest --method=post '--url=…': Forbidden…` as `health of https: Forbidden…`. */
function withShortCommand(because: string): string {
  const at = because.startsWith('az ') ? because.indexOf(': ') : -1;
  return at === -1 ? because : `${askedText({ command: because.slice(0, at) })}${because.slice(at)}`;
}
