import type { Change, ComparisonMode } from '../../schemas/comparison.generated.ts';
import { type Comparing, type Differences, nothing } from './context.ts';
import {
  byText,
  type Description,
  type FieldValue,
  type Plain,
  plain,
  plainOf,
  type Refs,
  withinOf,
} from './description.ts';
import { type FieldSpec, specIn } from './field.ts';
import type { Totals } from './grade.ts';
import { kinds } from './kinds.ts';
import type { Pair } from './pair.ts';
import { pairSubject } from './say.ts';
import type { Side } from './side.ts';
import { valueText } from './value-text.ts';

/** What changed of one thing, field by field. */
export function changedFields(pair: Pair, comparing: Comparing): readonly Differences[] {
  const names = new Set([...Object.keys(pair.left.fields), ...Object.keys(pair.right.fields)]);
  return [...names].sort(byText).map((name) => changedField(name, pair, comparing));
}

function changedField(name: string, pair: Pair, comparing: Comparing): Differences {
  const { left, right } = pair;
  const { mode } = comparing;
  const spec = specIn(kinds[left.kind].fields, name);
  if (spec === undefined || (spec.onlyIn && !spec.onlyIn.includes(mode))) return nothing;
  const absent = spec.isOptional ? plain(null) : undefined;
  const one = left.fields[name] ?? absent;
  const other = right.fields[name] ?? absent;
  if (one === undefined || other === undefined) return nothing;
  if (one.is === 'unread' || other.is === 'unread') return unread(spec, pair, one, other);
  if (isSame(one, other, spec, comparing)) return nothing;
  const before = told(one, comparing.left.description);
  const after = told(other, comparing.right.description);
  if (!spec.isLocal || mode === 'over-time') {
    return { ...nothing, changes: [changeOf(name, spec, pair, before, after, comparing)] };
  }
  const entry = { kind: left.kind, field: spec.label, left: textOrNull(before), right: textOrNull(after) };
  return { ...nothing, namedDifferently: [entry] };
}

function changeOf(
  field: string,
  spec: FieldSpec,
  pair: Pair,
  before: Plain,
  after: Plain,
  comparing: Comparing,
): Change {
  const { left } = pair;
  const { grade } = spec;
  return {
    kind: left.kind,
    what: 'changed',
    name: left.name,
    within: withinOf(left),
    field,
    before,
    after,
    ...(typeof grade === 'function' ? grade(before, after, totalsOf(pair)) : grade),
    message: sentence(spec, pair, before, after, comparing),
  };
}

function sentence(spec: FieldSpec, pair: Pair, before: Plain, after: Plain, { mode, left, right }: Comparing): string {
  const about = pairSubject(pair);
  const [was, is] = [valueText(before), valueText(after)];
  if (mode !== 'over-time') return `${about}: ${spec.label} ${was} in ${left.label}, ${is} in ${right.label}`;
  if (spec.now === undefined) return `${about}: ${spec.label} is now ${is}, was ${was}`;
  const event = spec.now(was, is, { within: pair.right.within ?? 'the pool', after, totals: totalsOf(pair) });
  return event.startsWith(':') ? `${about}${event}` : `${about} ${event}`;
}

const totalsOf = ({ left, right }: Pair): Totals => ({
  before: Number(plainOf(left, 'total')),
  after: Number(plainOf(right, 'total')),
});

function unread(spec: FieldSpec, pair: Pair, one: FieldValue, other: FieldValue): Differences {
  const because = [...new Set([one, other].flatMap((value) => (value.is === 'unread' ? [value.because] : [])))];
  // Both unknown for what is told of the rules and members themselves.
  if (spec.isConclusion && one.is === other.is) return nothing;
  const side = one.is !== 'unread' ? 'right' : other.is === 'unread' ? 'both' : 'left';
  return {
    ...nothing,
    notCompared: [{ about: `${pairSubject(pair)}: ${spec.label}`, side, because: because.sort().join('; ') }],
  };
}

type Read = Exclude<FieldValue, { readonly is: 'unread' }>;

function isSame(one: Read, other: Read, spec: FieldSpec, comparing: Comparing): boolean {
  if (one.is === 'refs' && other.is === 'refs') return refersToSame(one, other, comparing);
  if (one.is !== 'plain' || other.is !== 'plain') return false;
  const { mode, left, right } = comparing;
  const isLocal = mode !== 'over-time';
  return (
    canonical(one.value, spec, isLocal ? left.description.symbols : undefined) ===
    canonical(other.value, spec, isLocal ? right.description.symbols : undefined)
  );
}

function refersToSame(one: Refs, other: Refs, { mode, left, right, pairing }: Comparing): boolean {
  const paired = new Set(pairing.toRight.values());
  // A group that came or went is told once, not for each member.
  const isTold = (key: string, isPaired: boolean) => !isPaired && key.startsWith('securityGroup ');
  const mapped = one.keys.flatMap((key) => {
    const there = pairing.toRight.get(key);
    return isTold(key, there !== undefined) ? [] : [there ?? missing(key, left, mode)];
  });
  const own = other.keys.flatMap((key) =>
    isTold(key, paired.has(key)) ? [] : [paired.has(key) ? key : missing(key, right, mode)],
  );
  return mapped.sort(byText).join('\n') === own.sort(byText).join('\n');
}

/** A reference to nothing is called so in each environment. */
function missing(key: string, { description }: Side, mode: ComparisonMode): string {
  const isThere = description.things.some((thing) => thing.key === key);
  return isThere || mode === 'over-time' ? key : 'nothing there';
}

function canonical(
  value: Plain,
  { isExact, isNames }: FieldSpec,
  symbols: ReadonlyMap<string, string> | undefined,
): string {
  const text = (part: string): string => {
    const known = symbols?.get(part) ?? part;
    return isExact ? known : known.toLowerCase();
  };
  if (typeof value === 'string') return `text ${text(value)}`;
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (isNames && symbols) return `list of ${value.length}`;
  return `list ${value.map(text).sort().join('\n')}`;
}

/** References as names; one alone is no list. */
function told(value: Read, { things }: Description): Plain {
  if (value.is === 'plain') return value.value;
  const names = value.keys.map(
    (key) => things.find((thing) => thing.key === key)?.name ?? key.slice(key.indexOf(' ') + 1),
  );
  return names.length <= 1 ? (names[0] ?? null) : names.sort(byText);
}

const textOrNull = (value: Plain): string | null => (value === null ? null : valueText(value));
