import { idKey } from '../azure/ids.ts';
import {
  type AddressRange,
  addressFamily,
  coverageOf,
  type Family,
  isPublicAddress,
  parseRange,
  probeRange,
  probeSource,
  probeSourceIPv6,
  publicRanges,
  rangeContains,
  wholeIPv4,
  wholeIPv6,
} from './address.ts';

/** How much of the flow a condition holds: for all packets, for a part of the clients, for none, or nobody can say. */
export type Coverage = 'all' | 'some' | 'none' | 'unknown';

/** One end of a flow: a single machine, or an origin known by what it is. */
export type Endpoint =
  | {
      readonly kind: 'address';
      /** Empty where it isn't known. */
      readonly address: string;
      /** Where the address doesn't say it. */
      readonly family?: Family | undefined;
      /** Whether the tag VirtualNetwork holds it; left out when nobody knows. */
      readonly inVirtualNetwork?: boolean | undefined;
      /** Ids of the application security groups of its IP configuration; left out when they couldn't be read. */
      readonly applicationSecurityGroups?: readonly string[] | undefined;
    }
  /** Azure's health probes. */
  | { readonly kind: 'probe' }
  /** Any client on the internet. */
  | { readonly kind: 'internet' }
  /** Some client in the virtual network; `prefixes` is the address space when that was read. */
  | { readonly kind: 'virtual-network'; readonly prefixes?: readonly string[] | undefined };

/** One side of a security rule, read once. */
export interface AddressCondition {
  readonly any: boolean;
  readonly virtualNetwork: boolean;
  readonly internet: boolean;
  readonly loadBalancer: boolean;
  /** Service tags whose prefixes only Azure knows. */
  readonly otherTags: readonly string[];
  readonly ranges: readonly AddressRange[];
  /** The prefixes that effective rules list for the tags. */
  readonly expanded: readonly AddressRange[];
  readonly applicationSecurityGroups: ReadonlySet<string>;
  /** No field said anything: a shape we can't read. */
  readonly empty: boolean;
}

export function addressCondition(
  prefixes: readonly string[],
  expanded: readonly string[],
  applicationSecurityGroups: readonly string[],
): AddressCondition {
  const words = prefixes.map((prefix) => prefix.trim()).filter((prefix) => prefix !== '');
  const ranges = words.map(parseRange).filter((range) => range !== null);
  const tags = words.filter((word) => parseRange(word) === null).map((word) => word.toLowerCase());
  const known = ['*', 'any', 'virtualnetwork', 'internet', 'azureloadbalancer'];
  return {
    any: tags.includes('*') || tags.includes('any'),
    virtualNetwork: tags.includes('virtualnetwork'),
    internet: tags.includes('internet'),
    loadBalancer: tags.includes('azureloadbalancer'),
    otherTags: tags.filter((tag) => !known.includes(tag)),
    ranges,
    expanded: expanded.map(parseRange).filter((range) => range !== null),
    applicationSecurityGroups: new Set(applicationSecurityGroups.map((id) => idKey(id))),
    empty: words.length === 0 && applicationSecurityGroups.length === 0,
  };
}

/** What any of these conditions holds. */
export function joinedConditions(conditions: readonly AddressCondition[]): AddressCondition {
  return {
    any: conditions.some(({ any }) => any),
    virtualNetwork: conditions.some(({ virtualNetwork }) => virtualNetwork),
    internet: conditions.some(({ internet }) => internet),
    loadBalancer: conditions.some(({ loadBalancer }) => loadBalancer),
    otherTags: conditions.flatMap(({ otherTags }) => otherTags),
    ranges: conditions.flatMap(({ ranges }) => ranges),
    expanded: conditions.flatMap(({ expanded }) => expanded),
    applicationSecurityGroups: new Set(
      conditions.flatMap(({ applicationSecurityGroups }) => [...applicationSecurityGroups]),
    ),
    empty: conditions.every(({ empty }) => empty),
  };
}

/** How much of the endpoint the condition holds, in a flow of that address family. */
export function endpointCoverage(condition: AddressCondition, endpoint: Endpoint, family: Family): Coverage {
  if (condition.any) return 'all';
  if (condition.empty) return 'unknown';
  const named = namedCoverage(condition, endpoint, family);
  if (named !== 'all' && everyIPv4StandsForAny(condition, family)) return 'unknown';
  return named;
}

// Effective rules print "*" as 0.0.0.0/0 (Network Watcher's documented output), which leaves open what it means for IPv6.
function everyIPv4StandsForAny(condition: AddressCondition, family: Family): boolean {
  return family === 6 && condition.ranges.some((range) => wholeIPv4.some((whole) => rangeContains(range, whole)));
}

function namedCoverage(condition: AddressCondition, endpoint: Endpoint, family: Family): Coverage {
  switch (endpoint.kind) {
    case 'probe':
      return probeCoverage(condition, family);
    case 'internet':
      return internetCoverage(condition, family);
    case 'virtual-network':
      return virtualNetworkCoverage(condition, endpoint.prefixes, family);
    case 'address':
      return isProbeSource(endpoint.address) ? probeCoverage(condition, family) : addressCoverage(condition, endpoint);
  }
}

/** Whether that is where health probes come from. */
export function isProbeSource(address: string): boolean {
  return address === probeSource || address === probeSourceIPv6;
}

/** Whether the condition could hold one machine of a virtual network and not another of the same address family. */
export function tellsMachinesApart({ any, ranges, otherTags, applicationSecurityGroups }: AddressCondition): boolean {
  return !any && (ranges.length > 0 || otherTags.length > 0 || applicationSecurityGroups.size > 0);
}

function anyOf(...parts: readonly Coverage[]): Coverage {
  for (const best of ['all', 'unknown', 'some'] as const) if (parts.includes(best)) return best;
  return 'none';
}

function holds(ranges: readonly AddressRange[], address: AddressRange): boolean {
  return ranges.some((range) => rangeContains(range, address));
}

function probeCoverage(condition: AddressCondition, family: Family): Coverage {
  if (condition.loadBalancer) return 'all';
  const source = probeRange(family);
  // The tag holds "the virtual IP address of the host" (service tags overview), and az lists 168.63.129.16/32 for it;
  // nothing is documented of the IPv6 one.
  if (condition.virtualNetwork && family === 4) return 'all';
  if (holds(condition.ranges, source)) return 'all';
  if (condition.virtualNetwork) return 'unknown';
  const doubtful = condition.otherTags.some(mayHoldProbeSource);
  if (doubtful && condition.expanded.length === 0) return 'unknown';
  return doubtful && holds(condition.expanded, source) ? 'all' : 'none';
}

// Of the service tags only AzureLoadBalancer and the AzurePlatform ones reach 168.63.129.16
// (learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16). What is no tag at all we can't read.
function mayHoldProbeSource(tag: string): boolean {
  return tag.startsWith('azureplatform') || !/^[a-z][a-z0-9._-]*$/.test(tag);
}

function internetCoverage(condition: AddressCondition, family: Family): Coverage {
  if (condition.internet) return 'all';
  // A route for 0.0.0.0/0 widens VirtualNetwork to the internet; only the expanded prefixes show it.
  const ranges = [...condition.ranges, ...condition.expanded];
  const covered = coverageOf(ranges, publicRanges(family));
  return covered === 'none' && condition.otherTags.length > 0 && condition.expanded.length === 0 ? 'some' : covered;
}

function virtualNetworkCoverage(
  condition: AddressCondition,
  prefixes: readonly string[] | undefined,
  family: Family,
): Coverage {
  if (condition.virtualNetwork) return 'all';
  const inGroups: Coverage = condition.applicationSecurityGroups.size > 0 ? 'some' : 'none';
  const tagged: Coverage = condition.otherTags.length > 0 && condition.expanded.length === 0 ? 'unknown' : 'none';
  const ranges = condition.otherTags.length > 0 ? [...condition.ranges, ...condition.expanded] : condition.ranges;
  const space = (prefixes ?? []).map(parseRange).filter((range) => range?.family === family);
  const known = space.filter((range) => range !== null);
  if (known.length > 0) return anyOf(coverageOf(ranges, known), inGroups, tagged);
  const whole = coverageOf(ranges, family === 4 ? wholeIPv4 : wholeIPv6);
  return anyOf(whole === 'some' ? 'unknown' : whole, inGroups, tagged);
}

type Address = Extract<Endpoint, { kind: 'address' }>;

function addressCoverage(condition: AddressCondition, endpoint: Address): Coverage {
  const address = parseRange(endpoint.address);
  if (address === null) return 'unknown';
  if (holds(condition.ranges, address)) return 'all';
  return anyOf(
    groupCoverage(condition, endpoint),
    condition.virtualNetwork ? inVirtualNetwork(condition, endpoint, address) : 'none',
    condition.internet && endpoint.inVirtualNetwork !== true && isPublicAddress(endpoint.address) ? 'all' : 'none',
    tagCoverage(condition, address),
  );
}

function groupCoverage(condition: AddressCondition, endpoint: Address): Coverage {
  const wanted = condition.applicationSecurityGroups;
  if (wanted.size === 0) return 'none';
  // An application security group holds network interfaces of a virtual network, never a client outside.
  if (endpoint.inVirtualNetwork === false) return 'none';
  if (endpoint.applicationSecurityGroups === undefined) return 'unknown';
  if (endpoint.applicationSecurityGroups.some((id) => wanted.has(idKey(id)))) return 'all';
  // A group may hold address prefixes beside interfaces (preview, API 2025-09-01), which az 2.91 does not print.
  return 'unknown';
}

function inVirtualNetwork(condition: AddressCondition, endpoint: Address, address: AddressRange): Coverage {
  if (endpoint.inVirtualNetwork === true || holds(condition.expanded, address)) return 'all';
  if (endpoint.inVirtualNetwork === false || condition.expanded.length > 0) return 'none';
  return isPublicAddress(endpoint.address) ? 'none' : 'unknown';
}

function tagCoverage(condition: AddressCondition, address: AddressRange): Coverage {
  if (condition.otherTags.length === 0) return 'none';
  if (condition.expanded.length === 0) return 'unknown';
  return holds(condition.expanded, address) ? 'all' : 'none';
}

/** The address family of a flow to or from these ends; IPv4 when none of them says. */
export function flowFamily(...ends: readonly Endpoint[]): Family {
  for (const end of ends) {
    const text = end.kind === 'address' ? end.address : end.kind === 'virtual-network' ? end.prefixes?.[0] : undefined;
    const family = text === undefined ? null : addressFamily(text);
    if (family !== null) return family;
    if (end.kind === 'address' && end.family !== undefined) return end.family;
  }
  return 4;
}
