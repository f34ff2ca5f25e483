import type { Change } from '../../schemas/comparison.generated.ts';
import { type Comparing, type Differences, nothing } from './context.ts';
import { type Thing, withinOf } from './description.ts';
import { risks } from './grade.ts';
import { gradeOfPresence } from './kind.ts';
import { kinds } from './kinds.ts';
import { subject } from './say.ts';
import type { Side } from './side.ts';
import { fullName } from './value-text.ts';

/** What is on one side only: added and removed, joined and left, or moved from pool to pool. */
export function changedPresence(comparing: Comparing): Differences {
  const { pairing, left, right, mode } = comparing;
  const isTold = (thing: Thing, own: Side, other: Side): boolean => {
    if (other.description.partial.has(thing.kind)) return false;
    if (thing.parent === undefined) return true;
    // A pool or group that is not there at all is told itself; over time it still counts who joined and left.
    return isPaired(thing.parent, own, comparing) || (thing.kind === 'member' && mode === 'over-time');
  };
  const gone = pairing.leftOnly.filter((thing) => isTold(thing, left, right));
  const come = pairing.rightOnly.filter((thing) => isTold(thing, right, left));
  const moves = mode === 'over-time' ? movesAmong(gone, come) : [];
  const moved = new Set(moves.flat());
  return {
    ...nothing,
    changes: [
      ...moves.map(([before, after]) => moveOf(before, after)),
      ...gone.filter((thing) => !moved.has(thing)).map((thing) => presenceOf(thing, false, comparing)),
      ...come.filter((thing) => !moved.has(thing)).map((thing) => presenceOf(thing, true, comparing)),
    ],
  };
}

function isPaired(key: string, { description }: Side, { pairing, left }: Comparing): boolean {
  if (description === left.description) return pairing.toRight.has(key);
  return pairing.pairs.some(({ right }) => right.key === key);
}

type Move = readonly [before: Thing, after: Thing];

/** Whoever left one pool and joined one other. */
function movesAmong(gone: readonly Thing[], come: readonly Thing[]): readonly Move[] {
  const isSame = (one: Thing, other: Thing) =>
    one.kind === 'member' && other.kind === 'member' && one.identities.some((each) => other.identities.includes(each));
  return gone.flatMap((before): readonly Move[] => {
    const [after, ...more] = come.filter((thing) => isSame(before, thing));
    const others = gone.filter((thing) => after !== undefined && isSame(thing, after));
    return after === undefined || more.length > 0 || others.length > 1 ? [] : [[before, after]];
  });
}

function moveOf(before: Thing, after: Thing): Change {
  return {
    kind: 'member',
    what: 'moved',
    name: before.name,
    within: null,
    field: 'pool',
    before: before.within ?? null,
    after: after.within ?? null,
    ...risks('high'),
    message: `member ${fullName(before)} moved from ${before.within} to ${after.within}`,
  };
}

function presenceOf(thing: Thing, isNew: boolean, { mode, left, right }: Comparing): Change {
  const kind = kinds[thing.kind];
  const { come, gone } = kind.whats ?? { come: 'added', gone: 'removed' };
  const what = isNew ? come : gone;
  const side = isNew ? right : left;
  const about = `${subject(thing)}${thing.detail === undefined ? '' : ` (${thing.detail})`}`;
  const event = kind.event?.(thing, isNew) ?? `${about} was ${what}`;
  return {
    kind: thing.kind,
    what,
    name: thing.name,
    within: withinOf(thing),
    field: null,
    before: null,
    after: null,
    ...gradeOfPresence(kind, isNew, thing, side.description),
    message: mode === 'over-time' ? event : `${about} is only in ${side.label}`,
  };
}
