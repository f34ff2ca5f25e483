import type { Layer } from '../../lib/rule.ts';
import type { RuleId } from '../../lib/rule-ids.generated.ts';
import type { Change } from '../world/world.ts';
import type { Random } from './random.ts';
import type { Pair, Scene } from './scene.ts';

/** One way to break a healthy world. */
export interface FaultKind {
  readonly name: string;
  /** Undefined where this world has no place for it. */
  readonly inject: (scene: Scene, random: Random) => Injection | undefined;
}

/** A fault that a trial has, by the name of its kind. */
export interface Placed extends Injection {
  readonly kind: string;
}

/** A fault in its place, and what a diagnosis must say of it. */
export interface Injection {
  /** In words: `web-2 is deallocated`. */
  readonly told: string;
  readonly change: Change;
  /** The rules of which one must name it. */
  readonly names: readonly RuleId[];
  readonly layer: Layer;
  /** Parts of names of which one must stand in the finding's resource or in what it affects. */
  readonly at: readonly string[];
  /** Where it is to be seen. */
  readonly seen: readonly Pair[];
  /** Where no probe can tell any more what the application does. */
  readonly blinds: readonly Pair[];
  /** Where not even the configuration of the member can be told any more: it is not in the pool, its interface is gone. */
  readonly hides: readonly Pair[];
  /** Where no probe goes the way that it went: what is wrong on it need not matter any more. */
  readonly unprobed: readonly Pair[];
  /**
   * What tells of it: the configuration alone, the way that a probe takes, the answer to one, or the way that clients
   * take, which may but need not be told where no member is up.
   */
  readonly shows: 'configuration' | 'way' | 'answer' | 'clients';
  /** What the platform says whatever is so: nothing else may be wrong in the same places. */
  readonly overrides?: true;
  /** Traffic stops somewhere. */
  readonly stops: boolean;
  /** What it touches: two faults that touch the same are one. */
  readonly touches: readonly string[];
}

/** Whether a diagnosis can tell of one fault beside another. */
export function isVisibleBeside(one: Injection, other: Injection): boolean {
  const gone = new Set([
    ...other.hides,
    ...(one.shows === 'way' || one.shows === 'answer' ? other.unprobed : []),
    ...(one.shows === 'answer' || one.shows === 'clients' ? other.blinds : []),
  ]);
  return one.seen.length === 0 || one.seen.some((place) => !gone.has(place));
}

export const clash = (one: Injection, other: Injection): boolean =>
  one.touches.some((thing) => other.touches.includes(thing));
