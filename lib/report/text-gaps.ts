import type { NotEvaluated } from '../../schemas/diagnosis.generated.ts';
import { plural, shortId, someOf, wrap } from './layout.ts';
import type { TextStyle } from './text-style.ts';

const mostReasons = 6;

/** What could not be looked at, by reason: one missing permission is one thing to ask for, however many rules it stops. */
export const gapLines = (gaps: readonly NotEvaluated[], style: TextStyle): readonly string[] => {
  const byReason = new Map<string, readonly NotEvaluated[]>();
  for (const gap of gaps) byReason.set(gap.because, [...(byReason.get(gap.because) ?? []), gap]);
  const reasons = [...byReason];
  if (reasons.length === 0) return [];
  const told = style.verbose ? reasons : reasons.slice(0, mostReasons);
  const untold = reasons.length - told.length;
  return [
    style.paint.bold('NOT LOOKED AT'),
    ...told.flatMap(([because, group]) => reasonLines(because, group, style)),
    ...(untold === 0 ? [] : [style.paint.dim(`  and ${plural(untold, 'further reason')} with --verbose`)]),
  ];
};

const reasonLines = (because: string, group: readonly NotEvaluated[], style: TextStyle): readonly string[] => {
  const rules = [...new Set(group.map(({ rule }) => rule))];
  const things = [...new Set(group.map(({ on }) => shortId(on)))];
  const most = style.verbose ? Number.POSITIVE_INFINITY : 3;
  return [
    ...wrap(`? ${style.verbose ? because : shortReason(because)}`, style.width, '  ', '    '),
    ...wrap(`Undecided: ${someOf(rules, most)}, on ${someOf(things, most)}.`, style.width, '    '),
  ];
};

const longestReason = 260;

/** ARM's refusals are long; what counts is the action that was denied, because that is what to ask an administrator for. */
export const shortReason = (because: string): string => {
  const [, action, scope] = /perform action '([^']+)'(?: over scope '([^']+)')?/.exec(because) ?? [];
  if (action !== undefined) {
    const where = scope === undefined ? '' : ` on ${shortId(scope)}`;
    return `Denied${where}: ask an administrator for the action ${action}.`;
  }
  return because.length > longestReason ? `${because.slice(0, longestReason)}… (in full with --verbose)` : because;
};
