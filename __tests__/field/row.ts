import type { Severity, Verdict } from '../../schemas/diagnosis.generated.ts';
import type { World } from '../world/world.ts';

type OneOrMore<T> = T | readonly T[];

/** What people run or what goes wrong there, and what is right to say of it. */
export interface Row {
  /** Which of `what people run`, and which case of it. */
  readonly row: string;
  /** Where what is right to say comes from, if more than one could be meant. */
  readonly source?: string;
  readonly world: () => World;
  readonly expect: Expected;
}

export interface Expected {
  /** Of several any will do. */
  readonly verdict?: OneOrMore<Verdict>;
  readonly exitCode?: OneOrMore<number>;
  /** No finding at or above medium. */
  readonly quiet?: true;
  /** The rule of the first cause; of several any will do. */
  readonly first?: OneOrMore<string>;
  /** The rules of causes, among others. */
  readonly causes?: readonly string[];
  /** Findings that there must be, causes or not. */
  readonly finds?: readonly Wanted[];
  /** Rules, and parts of messages, of no finding at or above medium. */
  readonly never?: readonly (string | RegExp)[];
  /** Rules, and parts of messages, of no finding at all. */
  readonly nowhere?: readonly (string | RegExp)[];
  /** What some message, step of a fix or reason for not evaluating says. */
  readonly says?: readonly (string | RegExp)[];
  /** What no step of a fix, command or title, says. */
  readonly noFix?: readonly (string | RegExp)[];
  /** What the reason for not having evaluated something says. */
  readonly unread?: OneOrMore<string | RegExp>;
  readonly owner?: OneOrMore<string>;
  /** Rules of which there is no finding that is a fault. */
  readonly noFault?: readonly string[];
  /** It can't be diagnosed: the exit code that says so, and part of the message. */
  readonly refused?: { readonly exitCode: number; readonly says?: string | RegExp };
  /** The printed report. */
  readonly text?: { readonly has?: readonly (string | RegExp)[]; readonly hasNot?: readonly (string | RegExp)[] };
  readonly view?: readonly ViewWanted[];
}

export interface Wanted {
  readonly rule: OneOrMore<string>;
  readonly severity?: OneOrMore<Severity>;
  readonly kind?: OneOrMore<'fault' | 'risk' | 'advice'>;
  /** Part of the resource id it is filed under. */
  readonly on?: string;
  readonly says?: OneOrMore<string | RegExp>;
  /** Part of a printed command of the fix, or of a step's title. */
  readonly fix?: OneOrMore<string | RegExp>;
  /** Part of a command that changes something. */
  readonly changes?: OneOrMore<string | RegExp>;
  readonly affects?: number;
}

/** What a command prints beside `triage`. */
export interface ViewWanted {
  readonly command: 'members' | 'show' | 'find' | 'wait';
  /** find: what is looked for. */
  readonly target?: string;
  readonly exitCode?: OneOrMore<number>;
  readonly has?: readonly (string | RegExp)[];
  readonly hasNot?: readonly (string | RegExp)[];
}
