import ipaddr from 'ipaddr.js';

/** Where every health probe of an IPv4 member comes from (learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview). */
export const probeSource = '168.63.129.16';

/** Where every health probe of an IPv6 member comes from (same page): a link-local address. */
export const probeSourceIPv6 = 'fe80::1234:5678:9abc';

export type Family = 4 | 6;

/** All addresses from `low` to `high`, both included, as numbers; one address has low equal to high. */
export interface AddressRange {
  readonly family: Family;
  readonly low: bigint;
  readonly high: bigint;
}

// The same few prefixes are asked about once a member, and a load balancer can have tens of thousands.
const parsed = new Map<string, AddressRange | null>();

/** An address ("10.0.0.4") or a prefix ("10.0.0.0/24", "fd00::/8") as a range; null for all else (a service tag, "*"). */
export function parseRange(text: string): AddressRange | null {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const range = readRange(text.trim());
  parsed.set(text, range);
  return range;
}

function readRange(text: string): AddressRange | null {
  const read = readAddress(text);
  if (read === null) return null;
  const bits = read.address.kind() === 'ipv4' ? 32 : 128;
  const value = read.address.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const hostBits = BigInt(bits - read.length);
  const low = (value >> hostBits) << hostBits;
  return { family: bits === 32 ? 4 : 6, low, high: low + (1n << hostBits) - 1n };
}

/** An address, and of how many bits it is meant: all of them unless it is a prefix. */
export interface ReadAddress {
  readonly address: ipaddr.IPv4 | ipaddr.IPv6;
  readonly length: number;
  readonly isPrefix: boolean;
}

/** An address or a prefix as text; null for all else. */
export function readAddress(text: string): ReadAddress | null {
  const [address = '', suffix, ...rest] = text.split('/');
  if (rest.length > 0 || !/^[\da-f:.]+$/i.test(address)) return null;
  // ipaddr.js alone also takes "10.1", octal "010.0.0.1" and "fe80::1%eth0", which Azure never writes.
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !ipaddr.IPv6.isValid(address)) return null;
  if (suffix !== undefined && !/^\d{1,3}$/.test(suffix)) return null;
  const parsed = ipaddr.parse(address);
  const all = parsed.kind() === 'ipv4' ? 32 : 128;
  const length = suffix === undefined ? all : Number(suffix);
  return length > all ? null : { address: parsed, length, isPrefix: suffix !== undefined };
}

export function rangeContains(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.low <= inner.low && inner.high <= outer.high;
}

function rangesOverlap(a: AddressRange, b: AddressRange): boolean {
  return a.family === b.family && a.low <= b.high && b.low <= a.high;
}

/** Whether the prefix holds the address (or all of a narrower prefix); false when either isn't one. */
export function prefixContains(prefix: string, address: string): boolean {
  const outer = parseRange(prefix);
  const inner = parseRange(address);
  return outer !== null && inner !== null && rangeContains(outer, inner);
}

export function isAddress(text: string): boolean {
  return !text.includes('/') && parseRange(text) !== null;
}

/** Written in different ways (`fd00::1`, `fd00:0:0::1`) it is one address. */
export function sameAddress(one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [parseRange(one), parseRange(other)];
  return a !== null && b !== null && a.family === b.family && a.low === b.low;
}

/** 4 or 6, or null for what is no address and no prefix. */
export function addressFamily(text: string): Family | null {
  return parseRange(text)?.family ?? null;
}

/** How much of `targets` the ranges hold together. */
export function coverageOf(ranges: readonly AddressRange[], targets: readonly AddressRange[]): 'all' | 'some' | 'none' {
  if (!ranges.some((range) => targets.some((target) => rangesOverlap(range, target)))) return 'none';
  const joined = joinRanges(ranges);
  return targets.every((target) => joined.some((range) => rangeContains(range, target))) ? 'all' : 'some';
}

// Prefixes that only together cover all (0.0.0.0/1 and 128.0.0.0/1) are written to get around checks for 0.0.0.0/0.
function joinRanges(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const sorted = [...ranges].sort((a, b) => a.family - b.family || (a.low < b.low ? -1 : a.low > b.low ? 1 : 0));
  const joined: AddressRange[] = [];
  for (const range of sorted) {
    const last = joined.at(-1);
    if (last?.family === range.family && range.low <= last.high + 1n) {
      if (range.high > last.high) joined[joined.length - 1] = { ...last, high: range.high };
    } else {
      joined.push(range);
    }
  }
  return joined;
}

function rangeOf(text: string): AddressRange {
  const range = parseRange(text);
  if (range === null) throw new Error(`${text} is no address and no prefix`);
  return range;
}

function rangesOf(...texts: readonly string[]): readonly AddressRange[] {
  return texts.map(rangeOf);
}

const probeRanges = { 4: rangeOf(probeSource), 6: rangeOf(probeSourceIPv6) } as const;

/** The one address that probes of members of that family come from. */
export function probeRange(family: Family): AddressRange {
  return probeRanges[family];
}

/** Every IPv4 address there is, and every IPv6 address. */
export const wholeIPv4 = rangesOf('0.0.0.0/0');
export const wholeIPv6 = rangesOf('::/0');

const notPublicIPv4 = rangesOf(
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
);

function gapsBetween(ranges: readonly AddressRange[]): readonly AddressRange[] {
  return ranges.flatMap((range, index) => {
    const next = ranges[index + 1];
    return next === undefined ? [] : [{ family: range.family, low: range.high + 1n, high: next.low - 1n }];
  });
}

const publicIPv4 = gapsBetween(notPublicIPv4);
const publicIPv6 = rangesOf('2000::/3');

/** The addresses clients on the internet have. */
export function publicRanges(family: Family): readonly AddressRange[] {
  return family === 4 ? publicIPv4 : publicIPv6;
}

/** Whether all of an address or a prefix is public. */
export function isPublicAddress(address: string): boolean {
  const range = parseRange(address);
  return range !== null && publicRanges(range.family).some((held) => rangeContains(held, range));
}
