import { readdirSync, readFileSync } from 'node:fs';

/** What is done to an answer. `double` and `drop` are of one thing in a list, the others of a key. */
export const harms = ['remove', 'empty', 'double', 'drop', 'contradict', 'move'] as const;
export type Harm = (typeof harms)[number];

export interface Harmed {
  readonly harm: Harm;
  /** The key, with `[]` for any place in a list: `loadBalancingRules[].probe`. */
  readonly key: string;
  readonly value: (whole: unknown) => unknown;
}

type Path = readonly (string | number)[];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys that some schema names: nothing reads the others, so what is done to them can't matter. */
function namesIn(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(namesIn);
  if (!isObject(schema)) return [];
  const own = isObject(schema.properties) ? Object.keys(schema.properties) : [];
  return [...own, ...Object.values(schema).flatMap(namesIn)];
}

const folder = 'schemas/az';
const known = new Set(
  readdirSync(folder)
    .filter((file) => file.endsWith('.schema.json'))
    .flatMap((file) => namesIn(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')))),
);
/** However az before 2.46 spelled it. */
const isRead = (key: string): boolean => known.has(key) || known.has(key.replace('Ip', 'IP')) || key === 'properties';

/** Every harm that can be done to an answer, once for each class of alike places in a list. */
export function harmsTo(whole: unknown): readonly Harmed[] {
  // What each thing of a list holds is harmed in that thing's own answer.
  const isList = Array.isArray(whole) && whole.some((item) => isObject(item) && typeof item.id === 'string');
  const all = isList ? places(whole, []).filter(({ path }) => path.length < 2) : places(whole, []);
  return all.flatMap(({ path, value, isItem }) => {
    const key = keyOf(path);
    const made = (harm: Harm, change: (at: unknown) => unknown): Harmed => ({
      harm,
      key,
      value: (other) => changed(other, path, change),
    });
    const emptied = emptyOf(value);
    const inList: readonly Harmed[] = isItem ? [made('drop', () => gone), made('double', () => twice)] : [];
    const ofKey: readonly Harmed[] =
      isItem || path.length === 0
        ? []
        : [
            made('remove', () => gone),
            ...(emptied === undefined ? [] : [made('empty', () => emptied)]),
            ...contradictions(String(path.at(-1)), value).map(([harm, other]) => made(harm, () => other)),
          ];
    const ofWhole = path.length === 0 && emptied !== undefined ? [made('empty', () => emptied)] : [];
    return [...ofWhole, ...inList, ...ofKey];
  });
}

const gone = Symbol('gone');
const twice = Symbol('twice');

interface Place {
  readonly path: Path;
  readonly value: unknown;
  readonly isItem: boolean;
}

function places(value: unknown, path: Path, isItem = false): readonly Place[] {
  const own: Place = { path, value, isItem };
  if (Array.isArray(value)) {
    // Things of a list that differ in numbers alone (web-1, web-2) are one class: the first stands for it.
    const classes = new Map(value.map((item, at) => [classOf(item), at] as const).toReversed());
    return [
      own,
      ...[...classes.values()].sort((a, b) => a - b).flatMap((at) => places(value[at], [...path, at], true)),
    ];
  }
  if (!isObject(value)) return [own];
  const inner = Object.entries(value).filter(([key]) => isRead(key));
  return [own, ...inner.flatMap(([key, each]) => places(each, [...path, key]))];
}

const classOf = (item: unknown): string => JSON.stringify(item).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, '#');

const keyOf = (path: Path): string =>
  path
    .map((part) => (typeof part === 'number' ? '[]' : `.${part}`))
    .join('')
    .replace(/^\./, '') || '$';

function emptyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : [];
  if (isObject(value)) return {};
  return typeof value === 'string' && value !== '' ? '' : undefined;
}

/** A count that is another; an id of something else, or of the same name below another parent. */
function contradictions(key: string, value: unknown): readonly (readonly [Harm, unknown])[] {
  if (typeof value === 'number' && (key === 'up' || key === 'down'))
    return [['contradict', value + 1] as const, ...(value > 0 ? [['contradict', value - 1] as const] : [])];
  if (typeof value !== 'string' || !value.startsWith('/subscriptions/')) return [];
  const parts = value.split('/');
  const elsewhere = parts.map((part, at) => (at === 4 ? `${part}-other` : part)).join('/');
  return [
    ['contradict', `${value}-other`],
    ['move', elsewhere],
  ];
}

function changed(value: unknown, [first, ...rest]: Path, change: (at: unknown) => unknown): unknown {
  if (first === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.flatMap((item, at) => {
      if (at !== first) return [item];
      const made = changed(item, rest, change);
      if (made === gone) return [];
      return made === twice ? [item, item] : [made];
    });
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => {
      if (key !== first) return [[key, each]];
      const made = changed(each, rest, change);
      return made === gone ? [] : [[key, made]];
    }),
  );
}
