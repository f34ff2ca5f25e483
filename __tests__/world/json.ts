export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let here = value;
  for (const key of path) {
    if (!isObject(here)) return undefined;
    here = here[key];
  }
  return here;
}

export function objectAt(value: Json | undefined, ...path: readonly string[]): JsonObject {
  const found = at(value, ...path);
  return isObject(found) ? found : {};
}

export function textAt(value: Json | undefined, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

export function numberAt(value: Json | undefined, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

/** The objects of a list; an absent list has none. */
export function itemsAt(value: Json | undefined, ...path: readonly string[]): readonly JsonObject[] {
  const found = at(value, ...path);
  return isList(found) ? found.filter(isObject) : [];
}

export function textsAt(value: Json | undefined, ...path: readonly string[]): readonly string[] {
  const found = at(value, ...path);
  return isList(found) ? found.filter((each) => typeof each === 'string') : [];
}

/**
 * A copy with one place changed; `undefined` removes it. The path is keys joined by dots, with a position or a name in
 * brackets for lists: `properties.probes[web-probe].properties.port`.
 */
export function withValueAt(value: JsonObject, path: string, newValue: Json | undefined): JsonObject {
  const keys = [...path.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)].map((match) => ({
    key: match[1] ?? match[0],
    inList: match[1] !== undefined,
  }));
  const changed = replaced(value, keys, newValue, path);
  if (!isObject(changed)) throw new Error(`${path} replaces the whole object`);
  return changed;
}

interface PathKey {
  readonly key: string;
  readonly inList: boolean;
}

function replaced(
  value: Json | undefined,
  [first, ...rest]: readonly PathKey[],
  newValue: Json | undefined,
  path: string,
): Json | undefined {
  if (first === undefined) return newValue;
  if (!first.inList) {
    const { [first.key]: old, ...others } = isObject(value) ? value : {};
    const next = replaced(old, rest, newValue, path);
    return next === undefined ? others : { ...others, [first.key]: next };
  }
  const list = isList(value) ? value : [];
  const position = /^\d+$/.test(first.key)
    ? Number(first.key)
    : list.findIndex((each) => textAt(each, 'name') === first.key);
  if (position < 0 || position > list.length) throw new Error(`No [${first.key}] for ${path}`);
  const next = replaced(list[position], rest, newValue, path);
  return [...list.slice(0, position), ...(next === undefined ? [] : [next]), ...list.slice(position + 1)];
}
