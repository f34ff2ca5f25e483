/**
 * One shape for every az: flattened, newer key casing, no nulls. az before 2.46 spelled `privateIpAddress` and printed
 * nulls; `az rest` prints ARM's own shape with `properties`. The answer as printed is kept beside it, for citing.
 */
const newerSpelling = new Map(
  [
    'privateIPAddress',
    'privateIPAddressVersion',
    'privateIPAllocationMethod',
    'publicIPAddress',
    'publicIPPrefix',
    'frontendIPConfiguration',
    'frontendIPConfigurations',
    'backendIPConfiguration',
    'backendIPConfigurations',
    'networkInterfaceIPConfiguration',
    'loadBalancerFrontendIPConfiguration',
    'enableFloatingIP',
    'enableIPForwarding',
  ].map((key) => [key.replace('IP', 'Ip'), key]),
);

const needsWork = new RegExp(`"(?:properties|${[...newerSpelling.keys()].join('|')})":|: ?null\\b`);

/** True where an answer's text is not in the canonical shape already, which az 2.46 and later print for `az network`. */
export function isForeign(text: string): boolean {
  // Looking for plain words first is many times faster than the pattern, which nearly no answer matches.
  return ['null', '"properties"', 'Ip'].some((word) => text.includes(word)) && needsWork.test(text);
}

export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries: [string, unknown][] = [];
  for (const [key, inner] of Object.entries(value)) {
    if (inner === null || inner === undefined) continue;
    // A tag may be named like anything.
    if (key === 'tags') entries.push([key, inner]);
    else if (key === 'properties' && typeof inner === 'object' && !Array.isArray(inner)) {
      for (const entry of Object.entries(canonical(inner) ?? {})) entries.push(entry);
    } else entries.push([newerSpelling.get(key) ?? key, canonical(inner)]);
  }
  return Object.fromEntries(entries);
}
