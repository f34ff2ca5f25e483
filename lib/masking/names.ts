import { everyKind, isKeptName } from './words.ts';

/** Masks in order of first appearance, a kind's own count each. One text has one mask in a run, whatever its letter case. */
export interface NameMasks {
  /** The mask of a name. `kind` counts only where the name was not seen before. */
  readonly name: (real: string, kind: string) => string;
  readonly guid: (real: string) => string;
  readonly user: (real: string) => string;
  readonly host: (real: string) => string;
  /** The mask that a text already has. */
  readonly known: (text: string) => string | undefined;
  /** True for a longer name with a known one in it. */
  readonly holdsKnown: (text: string) => boolean;
  /** Text made of masks with what they stand for. */
  readonly real: (masked: string) => string;
}

const guidMask = /00000000-0000-0000-0000-\d{12}/;
const masks = new RegExp(
  `${guidMask.source}|(?<![\\w-])user-\\d+@example\\.com|(?<![\\w-])host-\\d+\\.example|(?<![A-Za-z0-9-])(?:${everyKind.join('|')})-\\d+(?![A-Za-z0-9])`,
  'g',
);

/** No name in Azure is longer. */
const longestWord = 260;

export function maskNames(): NameMasks {
  const forward = new Map<string, string>();
  const back = new Map<string, string>();
  const counts = new Map<string, number>();
  /** Of the names that may stand inside a longer one: there are a few dozen lengths, and there may be thousands of names. */
  const lengths = new Set<number>();

  const keep = (key: string, mask: string): void => {
    forward.set(key, mask);
    if (key.length >= 4 && key.length <= longestWord) lengths.add(key.length);
  };

  const add = (real: string, kind: string, made: (count: number) => string): string => {
    const key = real.toLowerCase();
    const known = forward.get(key);
    if (known !== undefined) return known;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const mask = made(count);
    keep(key, mask);
    back.set(mask, real);
    return mask;
  };

  const name = (real: string, kind: string): string => {
    if (real === '' || isKeptName(real)) return real;
    const known = forward.get(real.toLowerCase());
    if (known !== undefined) return known;
    const composed = instance(real, kind) ?? nodeGroup(real);
    if (composed === undefined) return plain(real, kind);
    keep(real.toLowerCase(), composed);
    return composed;
  };

  /** The mask of a name that is taken as a whole. */
  const plain = (real: string, kind: string): string =>
    isKeptName(real) ? real : add(real, kind, (count) => `${kind}-${count}`);

  // `web_3` is an instance of the scale set `web`, and rules join the two by that.
  const instance = (real: string, kind: string): string | undefined => {
    const [, set, number] = /^(.+)_(\d+)$/.exec(real) ?? [];
    if (set === undefined || number === undefined) return undefined;
    const isOfSet = kind === 'vm' || forward.get(set.toLowerCase())?.startsWith('set-');
    return isOfSet ? `${plain(set, 'set')}_${number}` : undefined;
  };

  const nodeGroup = (real: string): string | undefined => {
    const [, rest] = /^mc_(.+)$/i.exec(real) ?? [];
    return rest === undefined ? undefined : `MC_${plain(rest, 'group')}`;
  };

  return {
    name,
    guid: (real) => add(real, 'guid', (count) => `00000000-0000-0000-0000-${String(count).padStart(12, '0')}`),
    user: (real) => add(real, 'user@', (count) => `user-${count}@example.com`),
    host: (real) => add(real, 'host', (count) => `host-${count}.example`),
    known: (text) => forward.get(text.toLowerCase()),
    holdsKnown: (text) => {
      if (!/[\d._-]/.test(text)) return false;
      // Longer than any name there is: not looked into.
      if (text.length > longestWord) return true;
      const lower = text.toLowerCase();
      for (const length of lengths) {
        for (let at = 0; at + length <= lower.length; at += 1) {
          const part = lower.slice(at, at + length);
          if (forward.has(part) && /[\d._-]/.test(part)) return true;
        }
      }
      return false;
    },
    real: (masked) => masked.replace(masks, (mask) => back.get(mask) ?? mask),
  };
}
