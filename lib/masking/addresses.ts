import ipaddr from 'ipaddr.js';
import { isPublicAddress, readAddress } from '../network/address.ts';

/** Public addresses and prefixes; private ones, and text that is neither, stay. */
export interface Addresses {
  readonly mask: (text: string) => string;
  /** Text with masked addresses replaced by what they stand for. */
  readonly real: (masked: string) => string;
}

/** IPv4 with an optional prefix length; what it holds may still be a version number. */
export const ipv4Pattern = /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?!\w|\.\d)/;
export const ipv6Pattern =
  /(?<![\w:.])(?=[\da-f:.]*:[\da-f:.]*:)[\da-f:]*(?::\d{1,3}(?:\.\d{1,3}){3})?(?:\/\d{1,3})?(?![\w:])/i;
const addresses = new RegExp(`${ipv6Pattern.source}|${ipv4Pattern.source}`, 'gi');

/**
 * Rules read which prefix holds which address, so a mask keeps common beginnings: two addresses share as many leading
 * bits as their masks do, and nothing else is told. At each bit whoever comes first gets the bit of a documentation
 * address, the other the opposite, so that the masks depend on the order of appearance only.
 */
export function maskAddresses(): Addresses {
  const bits = new Map<string, string>();
  const firstBytes = new Map<string, string>();
  const back = new Map<string, string>();

  const maskedBits = (real: string, pattern: string, fixed: number, space: string): string => {
    let masked = real.slice(0, fixed);
    if (space === '4') masked = firstByte(masked);
    for (let at = fixed; at < real.length; at += 1) {
      const node = `${space} ${real.slice(0, at)}`;
      const first = bits.get(node) ?? real[at] ?? '';
      bits.set(node, first);
      masked += real[at] === first ? pattern[at] : opposite(pattern[at]);
    }
    return masked;
  };

  // Bit by bit an address could land in a private range: whole first bytes are given out instead.
  const firstByte = (real: string): string => {
    const known = firstBytes.get(real);
    if (known !== undefined) return known;
    const made = (publicBytes[firstBytes.size] ?? 203).toString(2).padStart(8, '0');
    firstBytes.set(real, made);
    return made;
  };

  // Answers say the same addresses over and over.
  const known = new Map<string, string>();
  const mask = (text: string): string => {
    const made = known.get(text) ?? maskOf(text);
    known.set(text, made);
    return made;
  };

  const maskOf = (text: string): string => {
    const range = readAddress(text);
    if (range === null) return text;
    const { address, length, isPrefix } = range;
    if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()) {
      return isPrefix ? text : `::ffff:${mask(address.toIPv4Address().toString())}`;
    }
    const isV4 = address instanceof ipaddr.IPv4;
    const all = bitsOf(address.toByteArray());
    // A prefix shorter than a first byte names nobody.
    if (!isPublicAddress(text) || (isV4 && length < 8)) return text;
    const kept = isPrefix && !all.slice(length).includes('1') ? length : all.length;
    const masked = isV4
      ? maskedBits(all.slice(0, kept), patternV4, 8, '4')
      : maskedBits(all.slice(0, kept), patternV6, 3, '6');
    const made = ipaddr.fromByteArray(bytesOf(masked.padEnd(all.length, '0'))).toString();
    const whole = isPrefix ? `${made}/${length}` : made;
    if (!back.has(whole)) back.set(whole, text);
    return whole;
  };

  return { mask, real: (masked) => masked.replace(addresses, (text) => back.get(text) ?? text) };
}

const bitsOf = (bytes: readonly number[]): string => bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
const bytesOf = (bits: string): number[] => (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
const opposite = (bit: string | undefined): string => (bit === '0' ? '1' : '0');
const patternV4 = bitsOf(ipaddr.parse('203.0.113.1').toByteArray());
const patternV6 = bitsOf(ipaddr.parse('2001:db8::1').toByteArray());

/** First bytes that hold public addresses only, 203 first; the others last, since 200 of them are hardly ever needed. */
const publicBytes = [...Array(203).keys()]
  .map((at) => 203 - at)
  .concat([...Array(20).keys()].map((at) => 204 + at))
  .filter((byte) => ![0, 10, 100, 127, 168, 169, 172, 192].includes(byte) && byte > 0)
  .concat([100, 168, 169, 172, 192]);

/** True for an address or a prefix, public or not. */
export function isAddressText(text: string): boolean {
  return readAddress(text) !== null;
}
