import type { ComparisonMode } from '../../schemas/comparison.generated.ts';
import { open } from '../evidence/open.ts';
import { Reading } from '../evidence/reading.ts';
import type { Gone } from '../topology/model.ts';
import { type FieldValue, type Plain, plain, type Refs } from './description.ts';
import { type Grade, harmless, type Totals } from './grade.ts';

interface About {
  /** The pool or group it belongs to. */
  readonly within: string;
  readonly after: Plain;
  readonly totals: Totals;
}

/** What is said of a field that changed, and what that risks. Values are told as people call them. */
export interface FieldSpec {
  readonly label: string;
  /** After the thing's name: `is now without a probe`. */
  readonly now?: (before: string, after: string, about: About) => string;
  readonly grade: Grade | ((before: Plain, after: Plain, totals: Totals) => Grade);
  /** Two environments differ in it as they do in names. */
  readonly isLocal?: true;
  readonly onlyIn?: readonly ComparisonMode[];
  /** It follows from others, which say why it is not known. */
  readonly isConclusion?: true;
  /** Names, of which between environments only the number counts. */
  readonly isNames?: true;
  /** Letter case counts. */
  readonly isExact?: true;
  /** A thing without it has none; otherwise it is not known of it. */
  readonly isOptional?: true;
}

/** In place of a value that nobody asked for, or that means nothing here: no difference, and nothing unread. */
export const leftOut = Symbol('left out');

export type Told = Plain | undefined | Refs | typeof leftOut;
export type Value = Told | Reading<Told>;

/** A row of a kind's table. */
export interface FieldOf<S> extends FieldSpec {
  readonly of: (subject: S) => Value;
}

export const row = <S>(
  label: string,
  grade: FieldSpec['grade'],
  of: (subject: S) => Value,
  more: Omit<FieldSpec, 'label' | 'grade'> = {},
): FieldOf<S> => ({ label, grade, of, ...more });

export const local = { isLocal: true } as const;

const tag = 'tag ';

/** What is known of a field by its name, which may be that of a tag. */
export function specIn(fields: Readonly<Record<string, FieldSpec>>, name: string): FieldSpec | undefined {
  return name.startsWith(tag) ? { label: name, grade: harmless, isLocal: true, isOptional: true } : fields[name];
}

/** The fields of one thing. */
export function fieldsIn<S>(
  subject: S,
  fields: Readonly<Record<string, FieldOf<S>>>,
  tags: Readonly<Record<string, Plain>> = {},
): Readonly<Record<string, FieldValue>> {
  const own = Object.entries(fields).map(([name, { of }]) => [name, of(subject)] as const);
  const more = Object.entries(tags).map(([name, value]) => [`${tag}${name}`, value as Value] as const);
  return Object.fromEntries(
    [...own, ...more].flatMap(([name, value]) => {
      const known = knownOf(value);
      return known === undefined ? [] : [[name, known]];
    }),
  );
}

function knownOf(value: Value): FieldValue | undefined {
  if (!(value instanceof Reading)) return told(value);
  const state = open(value);
  if ('known' in state) return told(state.known);
  const [first] = state.gaps.filter(({ kind }) => kind !== 'not-asked' && kind !== 'not-supported');
  if (first === undefined) return undefined;
  const { command, because } = first;
  return { is: 'unread', because: command === undefined ? because : `${command}: ${because}` };
}

function told(value: Told): FieldValue | undefined {
  if (value === leftOut) return undefined;
  return isRefs(value) ? value : plain(value);
}

const isRefs = (value: Plain | undefined | Refs): value is Refs =>
  typeof value === 'object' && value !== null && 'is' in value;

/** Of what may be gone, or not there at all: its absence is told by another field. */
export const ifThere = <T extends { readonly gone?: undefined }>(
  reading: Reading<T | Gone | undefined>,
  value: (found: T) => Told,
): Reading<Told> => reading.map((found) => (found === undefined || found.gone ? leftOut : value(found)));

export const whetherThere = (reading: Reading<{ readonly gone?: true | undefined } | undefined>): Reading<Told> =>
  reading.map((found) => (found === undefined ? 'none' : found.gone ? 'gone' : 'there'));
