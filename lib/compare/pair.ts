import type { ComparisonMode } from '../../schemas/comparison.generated.ts';
import { byName } from '../words/name-order.ts';
import { byText, type Description, type Thing } from './description.ts';
import type { ThingKind } from './kind.ts';
import { allKinds } from './kinds.ts';

export interface Pair {
  readonly left: Thing;
  readonly right: Thing;
}

export interface Pairing {
  readonly pairs: readonly Pair[];
  readonly leftOnly: readonly Thing[];
  readonly rightOnly: readonly Thing[];
  /** The right's key of what is paired, by the left's. */
  readonly toRight: ReadonlyMap<string, string>;
}

type KeyOf = (thing: Thing) => string | undefined;

interface Stage {
  readonly left: KeyOf;
  readonly right: KeyOf;
  /** Several alike are paired in the order of their names; with `isUnique` not at all. */
  readonly isUnique: boolean;
}

/** Which thing on the one side is which on the other; the same from both sides. */
export function pairUp(left: Description, right: Description, mode: ComparisonMode): Pairing {
  const pairs: Pair[] = [];
  const toRight = new Map<string, string>();
  const words = mode === 'over-time' ? undefined : { left: wordsOf(left), right: wordsOf(right) };
  for (const traits of allKinds) {
    const { kind } = traits;
    // A member is only compared with members of its own pool's counterpart.
    const rightParents = new Set(right.things.filter((thing) => thing.kind === kind).map(({ parent }) => parent));
    for (const parent of rightParents) {
      const lefts = left.things.filter(
        (thing) =>
          thing.kind === kind && (thing.parent === undefined ? undefined : toRight.get(thing.parent)) === parent,
      );
      const rights = right.things.filter((thing) => thing.kind === kind && thing.parent === parent);
      const stages = words === undefined ? stagesOverTime(traits) : stagesBetween(traits, words);
      for (const pair of pairsOf(lefts, rights, stages)) {
        pairs.push(pair);
        toRight.set(pair.left.key, pair.right.key);
      }
    }
  }
  const pairedLeft = new Set(pairs.map((pair) => pair.left));
  const pairedRight = new Set(pairs.map((pair) => pair.right));
  return {
    pairs,
    toRight,
    leftOnly: left.things.filter((thing) => !pairedLeft.has(thing)),
    rightOnly: right.things.filter((thing) => !pairedRight.has(thing)),
  };
}

const lower: KeyOf = ({ name }) => name.toLowerCase();
const both = (keyOf: KeyOf, isUnique: boolean): Stage => ({ left: keyOf, right: keyOf, isUnique });

const whats = ['interface ', 'frontend ', 'address ', 'machine ', 'scale set ', 'security group '];

function stagesOverTime({ hasIdentity }: ThingKind): readonly Stage[] {
  if (hasIdentity) {
    return whats.map((what) => both(({ identities }) => identities.find((each) => each.startsWith(what)), true));
  }
  // What has another name and does all the same was deleted and made anew; Azure renames nothing.
  return [both(lower, true), both(({ roles }) => roles[0], true)];
}

const rests: Readonly<Record<'any' | 'one', readonly Stage[]>> = {
  any: [both(() => 'any', false)],
  one: [both(() => 'the one', true)],
};

function stagesBetween(
  { otherwise }: ThingKind,
  words: { readonly left: Words; readonly right: Words },
): readonly Stage[] {
  const alike: Stage = {
    left: ({ name }) => shared(name, words.right),
    right: ({ name }) => shared(name, words.left),
    isUnique: true,
  };
  const roles = [0, 1, 2].map((at) => both(({ roles: own }) => own[at], false));
  return [both(lower, true), alike, ...roles, ...(otherwise ? rests[otherwise] : [])];
}

type Words = ReadonlySet<string>;

const wordsIn = (name: string): readonly string[] =>
  name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u)
    .filter((part) => part !== '');

const wordsOf = ({ things }: Description): Words => new Set(things.flatMap(({ name }) => wordsIn(name)));

/** A name without what only its own side's names say: `prod-web-pool` beside `staging-web-pool` is `web-pool`. */
function shared(name: string, others: Words): string | undefined {
  const kept = wordsIn(name).filter((part) => others.has(part));
  return kept.length === 0 ? undefined : kept.join('-');
}

function pairsOf(lefts: readonly Thing[], rights: readonly Thing[], stages: readonly Stage[]): readonly Pair[] {
  const pairs: Pair[] = [];
  let left = lefts;
  let right = rights;
  for (const stage of stages) {
    const leftBy = grouped(left, stage.left);
    const rightBy = grouped(right, stage.right);
    const taken = new Set<Thing>();
    for (const [key, ones] of leftBy) {
      const others = rightBy.get(key) ?? [];
      if (stage.isUnique && (ones.length !== 1 || others.length !== 1)) continue;
      for (const [at, one] of ones.entries()) {
        const other = others[at];
        if (other === undefined) break;
        pairs.push({ left: one, right: other });
        taken.add(one).add(other);
      }
    }
    left = left.filter((thing) => !taken.has(thing));
    right = right.filter((thing) => !taken.has(thing));
  }
  return pairs;
}

function grouped(things: readonly Thing[], keyOf: KeyOf): ReadonlyMap<string, readonly Thing[]> {
  const groups = new Map<string, Thing[]>();
  const sorted = [...things].sort((one, other) => byName(one.name, other.name) || byText(one.key, other.key));
  for (const thing of sorted) {
    const key = keyOf(thing);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), thing]);
  }
  return groups;
}
