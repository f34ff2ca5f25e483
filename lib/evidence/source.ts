import { queryElement, queryStep } from './jmespath.ts';

/**
 * Where a value of the topology came from. A source is a link to its parent and costs nothing until it is cited:
 * only then is the path built, spelled as the az that answered spelled it.
 */

/** One thing's own answer: a batch is split on arrival, so `command` is the one that a person can type for it. */
export interface Answer {
  readonly command: string;
  /** What prints the result of an action that the command only starts. */
  readonly follow?: string | undefined;
  /** The JSON as az printed it. */
  readonly printed: unknown;
}

export type Source =
  | { readonly answer: Answer }
  /** A property of the parent, or with an index an element of it; an empty key is the parent itself, a list. */
  | { readonly parent: Source; readonly key: string; readonly index?: number };

export interface Cited {
  readonly source: Source;
}

/** A place in az's output, and what stands there. */
export interface Place {
  readonly answer: Answer;
  /** A JSONPath that RFC 9535 and jsonpath-plus both read. */
  readonly path: string;
  /** The JMESPath for the same command's `--query`; empty at the root. */
  readonly query: string;
  readonly found: unknown;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** az before 2.46 spelled `IP` inside a key as `Ip` (`privateIpAddress`, `backendIpConfigurations`). */
const olderSpelling = (key: string): string => key.replace(/(?<=[a-z])IP(?=[A-Z]|$)/, 'Ip');

const below = ({ answer, path, query }: Place, key: string, found: unknown): Place => ({
  answer,
  path: path + step(key),
  query: queryStep(query, key),
  found,
});

const step = (key: string): string => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `.${key}` : `[${quoted(key)}]`);

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** What names an element of a list, best first; a position changes from call to call and is the last resort. */
const selectors = [
  ['name'],
  ['ipAddress'],
  ['id'],
  ['networkInterfaceIPConfigurationId'],
  ['code'],
  ['timeStamp'],
  // A metric, and the groups of `list-effective-nsg`, which may list one group for the subnet and for the interface.
  ['name', 'value'],
  ['association', 'networkInterface', 'id'],
  ['association', 'subnet', 'id'],
  ['association', 'networkManager', 'id'],
];

const inside = (value: unknown, keys: readonly string[]): unknown =>
  keys.reduce((at: unknown, key) => (isObject(at) ? at[key] : undefined), value);

function property(place: Place, key: string): Place {
  const at = place.found;
  if (isObject(at)) {
    for (const spelled of [key, olderSpelling(key)]) {
      if (at[spelled] !== undefined && at[spelled] !== null) {
        return below(place, spelled, at[spelled]);
      }
    }
    const { properties: inner } = at;
    if (isObject(inner) && key !== 'properties') {
      return property(below(place, 'properties', inner), key);
    }
  }
  return below(place, key, undefined);
}

/** jsonpath-plus fails on `@.a.b` where an element has no `a`, which RFC 9535 takes for nothing: then `a` is asked for first. */
const guards = (list: readonly unknown[], keys: readonly string[]): string =>
  keys
    .slice(0, -1)
    .map((_, at) => keys.slice(0, at + 1))
    .filter((outer) => list.some((each) => !isObject(inside(each, outer))))
    .map((outer) => `@.${outer.join('.')} && `)
    .join('');

function element(place: Place, index: number): Place {
  const list: readonly unknown[] = Array.isArray(place.found) ? place.found : [];
  const found = list[index];
  for (const keys of selectors) {
    const name = inside(found, keys);
    if (typeof name !== 'string') continue;
    if (list.some((other, at) => at !== index && inside(other, keys) === name)) continue;
    return {
      answer: place.answer,
      path: `${place.path}[?(${guards(list, keys)}@.${keys.join('.')}==${quoted(name)})]`,
      query: queryElement(place.query, keys, name),
      found,
    };
  }
  return { answer: place.answer, path: `${place.path}[${index}]`, query: `${place.query}[${index}]`, found };
}

export function placeOf(source: Source): Place {
  if ('answer' in source) return { answer: source.answer, path: '$', query: '', found: source.answer.printed };
  const parent = placeOf(source.parent);
  const list = source.key === '' ? parent : property(parent, source.key);
  return source.index === undefined ? list : element(list, source.index);
}

/** The place of one property below a source. */
export function placeIn(source: Source, key: string): Place {
  return property(placeOf(source), key);
}
