import type { ChangeWhat } from '../../schemas/comparison.generated.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import type { LoadBalancer } from '../topology/model.ts';
import { type Description, type Kind, keyFor, type Plain, type Thing } from './description.ts';
import { type FieldOf, type FieldSpec, fieldsIn } from './field.ts';
import { type Grade, harmless } from './grade.ts';

/** What things are found in. */
export interface Described {
  readonly loadBalancer: LoadBalancer;
  readonly diagnosis: Diagnosis;
}

/** What a thing is by itself, apart from its fields. */
export type Own = Pick<Thing, 'name' | 'roles'> & Partial<Omit<Thing, 'kind' | 'fields'>>;

/** What it risks that a thing came or went. */
type PresenceGrade = Grade | ((thing: Thing, description: Description) => Grade);

/** What is the same for all things of a kind. */
interface KindTraits {
  readonly noun: string;
  /** Over time it is told by what it is, whatever it is called now. */
  readonly hasIdentity?: true;
  /** Whom neither names nor roles pair between environments: with any other, or where there is one alone on each side. */
  readonly otherwise?: 'any' | 'one';
  /** Its name alone is not enough: `member web-2-nic of web-pool`. */
  readonly isToldWithin?: true;
  readonly gone: PresenceGrade;
  /** Harmless when left out. */
  readonly come?: PresenceGrade;
  /** The words for both, where it is not added and removed. */
  readonly whats?: { readonly come: ChangeWhat; readonly gone: ChangeWhat };
  /** What is said over time when it came or went. */
  readonly event?: (thing: Thing, isNew: boolean) => string;
  /** Whether some may be missing, because what leads to them was not read. */
  readonly isPartial?: (loadBalancer: LoadBalancer) => boolean;
}

/** A kind of thing as a table: where its things are, and field by field the label, the value and the grade. */
export interface Table<S> extends KindTraits {
  readonly all: (described: Described) => readonly S[];
  readonly thing: (subject: S) => Own;
  readonly fields: Readonly<Record<string, FieldOf<S>>>;
  /** Fields whose names are someone's own. */
  readonly tags?: (subject: S) => Readonly<Record<string, Plain>>;
}

export interface ThingKind extends KindTraits {
  readonly kind: Kind;
  readonly fields: Readonly<Record<string, FieldSpec>>;
  readonly things: (described: Described) => readonly Thing[];
}

export function defineKind<S>(kind: Kind, table: Table<S>): ThingKind {
  const { all, thing, fields, tags } = table;
  return {
    ...table,
    kind,
    things: (described) =>
      all(described).map((subject): Thing => {
        const own = thing(subject);
        return {
          key: keyFor(kind, own.name),
          ids: [],
          identities: [],
          health: [],
          ...own,
          kind,
          fields: fieldsIn(subject, fields, tags?.(subject)),
        };
      }),
  };
}

export function gradeOfPresence(kind: ThingKind, isNew: boolean, thing: Thing, description: Description): Grade {
  const { gone, come = harmless } = kind;
  const grade = isNew ? come : gone;
  return typeof grade === 'function' ? grade(thing, description) : grade;
}
