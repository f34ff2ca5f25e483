import type { Change } from '../../schemas/comparison.generated.ts';
import { type Comparing, type Differences, nothing } from './context.ts';
import { type RuleHealth, withinOf } from './description.ts';
import { type Grade, harmless, helps, risks, stops } from './grade.ts';
import type { Pair } from './pair.ts';
import { pairSubject } from './say.ts';

interface Step {
  readonly before: RuleHealth;
  readonly after: RuleHealth;
}

/** What changed of a member's health: one change for all balancing rules of which the same is true. */
export function changedHealth(pair: Pair, comparing: Comparing): Differences {
  const { toRight } = comparing.pairing;
  const steps = pair.left.health.flatMap((before): readonly Step[] => {
    const rule = toRight.get(before.rule) ?? (before.rule === 'any' ? 'any' : undefined);
    const after = pair.right.health.find((each) => each.rule === rule);
    return after === undefined ? [] : [{ before, after }];
  });
  const groups = new Map<string, readonly Step[]>();
  for (const step of steps) {
    const { before, after } = step;
    // That a balancing rule is measured no more is told of the rule.
    if (before.state === 'not-measured' || after.state === 'not-measured') continue;
    // Told of the balancing rule.
    if (!before.isRead || !after.isRead) continue;
    const isOtherReason =
      before.state === 'down' && before.reason !== after.reason && before.reason !== null && after.reason !== null;
    if (before.state === after.state && !isOtherReason) continue;
    const key = [before.state, after.state, before.reason, after.reason].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), step]);
  }
  const changes = [...groups.values()].map((same) => changeOf(same, steps.length, pair, comparing));
  return { ...nothing, changes };
}

function changeOf(same: readonly Step[], count: number, pair: Pair, { mode, left, right }: Comparing): Change {
  const [{ before, after } = { before: undefined, after: undefined }] = same;
  if (before === undefined || after === undefined) throw new Error('A change of health without a balancing rule.');
  const isOtherReason = before.state === after.state;
  const where = same.length === count ? '' : ` on ${same.map(({ before: { rule } }) => ruleName(rule)).join(', ')}`;
  const about = pairSubject(pair);
  const [was, is] = [stateText(before), stateText(after)];
  return {
    kind: 'member',
    what: 'changed',
    name: pair.left.name,
    within: withinOf(pair.left),
    field: isOtherReason ? 'reason' : 'health',
    before: isOtherReason ? before.reason : before.state,
    after: isOtherReason ? after.reason : after.state,
    ...(isOtherReason ? harmless : gradeOf(before, after)),
    message:
      mode === 'over-time'
        ? `${about} is now ${is}, was ${was}${where}`
        : `${about}: ${was} in ${left.label}, ${is} in ${right.label}${where}`,
  };
}

const ruleName = (key: string): string => key.slice(key.indexOf(' ') + 1);

const stateText = ({ state, reason }: RuleHealth): string =>
  `${state}${state === 'up' || reason === null ? '' : ` (${reason})`}`;

function gradeOf(before: RuleHealth, after: RuleHealth): Grade {
  if (after.state === 'up') return helps;
  if (after.state === 'down') return stops('high');
  return before.state === 'up' ? risks('medium') : risks('low');
}
