import type { ChangedKind } from '../../schemas/comparison.generated.ts';
import type { Finding } from '../../schemas/diagnosis.generated.ts';
import { lastSegment } from '../azure/ids.ts';

/** One load balancer told as data, ready to be compared: no positions, no order, no casing, no etags. */
export interface Description {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  readonly things: readonly Thing[];
  readonly findings: readonly DescribedFinding[];
  /** Names of the rules that could not be decided somewhere: that they found nothing means nothing. */
  readonly undecided: ReadonlySet<string>;
  /** Kinds of which some may be missing, because what leads to them was not read. */
  readonly partial: ReadonlySet<Kind>;
  /** Addresses that stand for something of its own, so that another environment's can be the same: `10.1.0.0/24`. */
  readonly symbols: ReadonlyMap<string, string>;
  /** Of members, that traffic or probes come to; 0 is every port. */
  readonly ports: readonly number[];
  /** By lower-cased resource id: which thing it is. */
  readonly byId: ReadonlyMap<string, string>;
}

export type Kind = Exclude<ChangedKind, 'finding'>;

/** One thing that a load balancer is made of. */
export interface Thing {
  readonly kind: Kind;
  /** Unique in its description. */
  readonly key: string;
  readonly name: string;
  /** Of the machine behind a member, where that is another name. */
  readonly alias?: string | undefined;
  /** Of resources: a finding on any of them is about this thing. */
  readonly ids: readonly string[];
  /** Key of what it belongs to: a member's pool, a security rule's group. */
  readonly parent?: string | undefined;
  /** Told with it where its name alone is not enough: `web-pool`. */
  readonly within?: string | undefined;
  /** Told in brackets when it came or went: what it does. */
  readonly detail?: string | undefined;
  /** What it is over time, whatever it is called now, the surest first. */
  readonly identities: readonly string[];
  /** What it does, in words without names, the most telling first. */
  readonly roles: readonly string[];
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** A member's health in each balancing rule of its pool. */
  readonly health: readonly RuleHealth[];
}

export interface RuleHealth {
  /** Key of the balancing rule. */
  readonly rule: string;
  readonly state: 'up' | 'down' | 'unknown' | 'not-measured';
  readonly reason: string | null;
  readonly isRead: boolean;
}

export type Plain = null | string | number | boolean | readonly string[];

/** A field that nobody asked for is left out: it is no difference, and nothing that could not be read. */
export type FieldValue =
  | { readonly is: 'plain'; readonly value: Plain }
  | Refs
  | { readonly is: 'unread'; readonly because: string };

/** Keys of things of the same description. */
export interface Refs {
  readonly is: 'refs';
  readonly keys: readonly string[];
}

export type DescribedFinding = Pick<Finding, 'key' | 'rule' | 'on' | 'severity' | 'kind' | 'message'>;

export const plain = (value: Plain | undefined): FieldValue => ({ is: 'plain', value: value ?? null });

/** What a change says it is in: only of what belongs to something. */
export const withinOf = ({ parent, within }: Thing): string | null => (parent === undefined ? null : (within ?? null));

/** The value of a field that is no reference; none where it is not known. */
export function plainOf({ fields }: Thing, name: string): Plain {
  const field = fields[name];
  return field?.is === 'plain' ? field.value : null;
}

/** A list whose order means nothing. */
export const set = (values: readonly string[]): readonly string[] => [...new Set(values)].sort(byText);

export function byText(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a < b ? -1 : a > b ? 1 : 0;
}
export const refs = (keys: readonly string[]): Refs => ({ is: 'refs', keys: [...new Set(keys)].sort() });

/** References by the names that ids end with; one to nothing there is still a reference. */
export const refsTo = (kind: Kind, ...ids: readonly (string | undefined)[]): Refs =>
  refs(ids.flatMap((id) => (id === undefined ? [] : [keyFor(kind, lastSegment(id))])));

export const keyFor = (kind: Kind, ...names: readonly string[]): string =>
  `${kind} ${names.map((name) => name.toLowerCase()).join('/')}`;
