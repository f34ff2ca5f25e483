import { type Addresses, isAddressText } from './addresses.ts';
import { guidPattern, type Ids, isGuid } from './ids.ts';
import type { NameMasks } from './names.ts';
import { type Sentences, secret } from './text.ts';
import {
  isAddressProperty,
  isKeptValue,
  isMetricWord,
  isSecretProperty,
  isSentenceProperty,
  isServiceTag,
  isSkuWord,
  keptTag,
  nameKindOf,
} from './words.ts';

/** Where a value stands: its property, and the properties around it, from the inside out; a list's elements stand where it does. */
type Place = readonly string[];

/** An answer's JSON with every text masked but those known to be Azure's own. */
export function maskJson({
  names,
  addresses,
  ids,
  sentences,
}: {
  readonly names: NameMasks;
  readonly addresses: Addresses;
  readonly ids: Ids;
  readonly sentences: Sentences;
}): (value: unknown) => unknown {
  const walk = (value: unknown, place: Place): unknown => {
    const [property = ''] = place;
    if (isSecretProperty(property) && typeof value !== 'boolean' && value !== null) return withoutContent(value);
    if (Array.isArray(value)) return value.map((item) => walk(item, place));
    if (typeof value === 'string') return text(value, place);
    if (typeof value !== 'object' || value === null) return value;
    const isTags = property.toLowerCase() === 'tags';
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        if (isTags) return [tagKey(key), tagValue(inner)];
        return [propertyName(key), isOfServiceTag(value, key, property) ? inner : walk(inner, [key, ...place])];
      }),
    );
  };

  const tagKey = (key: string): string => {
    const kept = keptTag(key);
    if (kept === key) return key;
    if (kept.endsWith('-')) return kept + names.name(key.slice(kept.length), 'tag');
    return kept === ''
      ? names.name(key, 'tag')
      : `${kept}/${names.name(key.slice(kept.length).replace(/^\//, ''), 'tag')}`;
  };
  const tagValue = (value: unknown): unknown => (typeof value === 'string' ? opaque(value) : value);

  // Identities and the like are keyed by resource id.
  const propertyName = (key: string): string => {
    if (/^\/(subscriptions|providers)\//i.test(key)) return ids.path(key);
    return /^[$@]?[A-Za-z][\w.$@-]{0,80}$/.test(key) ? key : opaque(key);
  };

  const text = (value: string, place: Place): string => {
    const [property = '', parent = ''] = place;
    if (value === '') return value;
    if (/^\/?(subscriptions|providers)\//i.test(value)) return ids.path(value);
    if (/^https?:\/\//i.test(value)) return ids.url(value);
    if (isGuid(value)) return names.guid(value);
    if (/^macAddress$/i.test(property)) return names.name(value, 'value');
    if (property === 'resourceGroup') return names.name(value, 'group');
    if (/^name$/i.test(property) && !isSku(parent)) return name(value, parent);
    if (isAddressText(value)) return addresses.mask(value);
    if (isAddressProperty(property)) {
      if (isServiceTag(property, value)) return value;
      return /^[\p{L}_][\w.-]*$/u.test(value) ? opaque(value) : sentences.mask(value);
    }
    // A metric's dimension: `{ "name": { "value": "backendipaddress" }, "value": "10.0.0.4" }`.
    if (property === 'value' && /^(name|unit)$/.test(parent) && isMetricWord(value)) return value;
    if (property === 'instanceId') return /^\d+$/.test(value) ? value : names.name(value, 'vm');
    // What an extension says may be the output of a script.
    if (property === 'message' && place.some((around) => /^(extensions|substatuses)$/i.test(around))) return secret;
    if (isSentenceProperty(property)) return sentences.mask(value);
    if (isKeptValue(property, value) || (isSku(parent) && isSkuWord(value)) || isExtensionVersion(value, parent))
      return value;
    if (isNobodys(value) || isErrorCode(value, property, parent)) return value;
    return nameKindOf(property) === undefined ? opaque(value) : names.name(value, nameKindOf(property) ?? 'value');
  };

  const name = (value: string, parent: string): string => {
    // As effective security rules are called: `securityRules/allow-web`.
    const [, collection, own] = /^([A-Za-z]+)\/(.+)$/.exec(value) ?? [];
    if (collection !== undefined && own !== undefined && nameKindOf(collection) !== undefined)
      return `${collection}/${names.name(own, nameKindOf(collection) ?? 'name')}`;
    return isGuid(value) ? names.guid(value) : names.name(value, nameKindOf(parent) ?? 'name');
  };

  const opaque = (value: string): string => {
    const known = names.known(value);
    if (known !== undefined) return known;
    const [guid] = guidPattern.exec(value) ?? [];
    if (guid !== undefined && value.replace(guid, '') === 'W/""') return value.replace(guid, names.guid(guid));
    return names.name(value, 'value');
  };

  return (value) => walk(value, []);
}

/**
 * The prefixes that Azure expands a service tag to are the same for everybody, and only together are they what rules
 * ask about (all of the internet). Those of VirtualNetwork are the user's.
 */
function isOfServiceTag(around: object, key: string, property: string): boolean {
  if (property === 'tagMap') return key !== 'VirtualNetwork';
  const side = /^expanded(source|destination)AddressPrefix$/i.exec(key)?.[1]?.toLowerCase();
  if (side === undefined) return false;
  const given = Object.entries(around)
    .filter(([name]) => [`${side}addressprefix`, `${side}addressprefixes`].includes(name.toLowerCase()))
    .flatMap(([, value]): readonly unknown[] => (Array.isArray(value) ? value : [value]));
  return (
    given.length > 0 && given.every((tag) => typeof tag === 'string' && /^(?!VirtualNetwork$)[A-Za-z][\w.]*$/.test(tag))
  );
}

const isSku = (parent: string): boolean => /^sku$/i.test(parent);
/** `az version` names az's extensions with their versions. */
const isExtensionVersion = (value: string, parent: string): boolean =>
  parent === 'extensions' && /^\d+(\.\d+)*[a-z\d]*$/.test(value);

/** There are more of them than anybody knows, and azlb tells failures apart by them. */
const isErrorCode = (value: string, property: string, parent: string): boolean =>
  /^code$/i.test(property) && /^(error|details|innererror)$/i.test(parent) && /^[A-Za-z]\w{1,79}$/.test(value);

/** Numbers, ranges, times and lengths of time. */
const isNobodys = (value: string): boolean =>
  /^(true|false|\*|-?\d{1,5}|\d{1,5}-\d{1,5}|P(T?\d+[DHMS])+|\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)?)$/i.test(value);

function withoutContent(value: unknown): unknown {
  if (typeof value === 'string') return value === '' ? '' : secret;
  if (Array.isArray(value)) return [];
  return typeof value === 'object' ? {} : secret;
}
