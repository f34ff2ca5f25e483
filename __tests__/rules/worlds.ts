import type { World } from '../world/world.ts';

/** A world told by what differs from a healthy one. */
export interface Firing {
  /** The situation, in words. */
  readonly when: string;
  readonly world: () => World;
  /** Part of the resource id it is filed under. */
  readonly on?: string;
  /** Keys of the members and balancing rules it names, all of them. */
  readonly affects?: readonly string[];
  readonly severity?: string;
  readonly kind?: string;
  /** Part of the message. */
  readonly says?: string;
  /** Parts of printed commands of the fix. */
  readonly types?: string | readonly string[];
  /** Part of a printed command that changes something. */
  readonly changes?: string;
  /** The end of a printed command that takes a change back. */
  readonly undoes?: string;
  /** Part of no printed command of the fix, nor of the message. */
  readonly omits?: string;
  /** Its facts, all of them. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** Part of the path of a piece of its evidence. */
  readonly cites?: string;
  /** The rules whose findings it explains, all of them. */
  readonly explains?: readonly string[];
}

export interface Silent {
  readonly when: string;
  readonly world: () => World;
  /** Part of an az command that is not run for it. */
  readonly unasked?: string;
}

/** The worlds of one rule: where it fires, and those that look alike where it must not. */
export interface RuleWorlds {
  readonly fires: readonly Firing[];
  readonly silent: readonly Silent[];
}
