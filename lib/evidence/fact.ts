import { type Cited, placeIn, type Source } from './source.ts';

/** What a finding shows anyone: a value at a path of a command's output, its absence, or a refusal. */
export type Citation =
  | (Cite & { readonly value: unknown })
  | (Cite & { readonly absent: true })
  | { readonly command: string; readonly exitCode: number; readonly error: string };

interface Cite {
  readonly command: string;
  readonly follow?: string;
  readonly path: string;
  readonly query: string;
}

/** A value together with what proves it. The citations are built when they are first asked for. */
export interface Fact<T> {
  readonly value: T;
  readonly citations: () => readonly Citation[];
}

/**
 * A source's property as a citation: the value there, or that there is none.
 * @internal for its test
 */
export function citation(source: Source, key: string): Citation {
  const { answer, path, query, found } = placeIn(source, key);
  const { command, follow } = answer;
  const place = { command, ...(follow !== undefined && { follow }), path, query };
  return found === undefined ? { ...place, absent: true } : { ...place, value: found };
}

type Citable = string | number | boolean | readonly string[] | null | undefined;
type CitableKeys<T> = { [K in keyof T]-?: T[K] extends Citable ? K : never }[keyof T] & string;

/** A field of something that az answered, with its command and path. */
export function cite<T extends Cited, K extends CitableKeys<T>>(thing: T, key: K): Fact<T[K]> {
  return { value: thing[key], citations: () => [citation(thing.source, key)] };
}

type References = readonly { readonly id: string }[] | null | undefined;
type ReferenceKeys<T> = { [K in keyof T]-?: T[K] extends References ? K : never }[keyof T] & string;

/** A field that refers to other resources, by their ids. */
export function citeReferences<T extends Cited & { readonly [key in K]?: References }, K extends ReferenceKeys<T>>(
  thing: T,
  key: K,
): Fact<readonly string[]> {
  const references: References = thing[key];
  return { value: (references ?? []).map(({ id }) => id), citations: () => [citation(thing.source, key)] };
}

/** A value that several facts together give: a count, a sum, a comparison. */
export function derive<T>(value: T, ...facts: readonly Fact<unknown>[]): Fact<T> {
  return { value, citations: () => facts.flatMap((fact) => fact.citations()) };
}

/** A metric's last minutes, from the series that a source stands for. */
export function citeMetric({ source }: Cited): Fact<undefined> {
  return { value: undefined, citations: () => [citation(source, 'data')] };
}
