import { isObject, type Json, type JsonObject } from './json.ts';

/** As `az network …` and `az vm …` print an ARM body: `properties` lifted, `resourceGroup` beside every id, no nulls. */
export function printed(value: Json, casing: Casing = 'new'): Json {
  if (Array.isArray(value)) return value.filter((each) => each !== null).map((each: Json) => printed(each, casing));
  if (!isObject(value)) return value;
  const flat: Record<string, Json> = {};
  const put = (object: JsonObject) => {
    for (const [key, each] of Object.entries(object)) {
      if (each === undefined || each === null) continue;
      if (key === 'properties' && isObject(each)) put(each);
      else flat[key] ??= printed(each, casing);
    }
  };
  put(value);
  const group = resourceGroupOf(value.id);
  if (group !== undefined && flat.resourceGroup === undefined) flat.resourceGroup = group;
  return flat;
}

export type Casing = 'new' | 'old';

function resourceGroupOf(id: Json | undefined): string | undefined {
  const segments = typeof id === 'string' ? id.split('/') : [];
  // az reads a name behind the group as well, and adds nothing when there is none.
  return segments[3]?.toLowerCase() === 'resourcegroups' && segments.length > 8 ? segments[4] : undefined;
}
