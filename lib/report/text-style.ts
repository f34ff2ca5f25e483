import type { Shell } from '../shell/shell.ts';
import type { Paint } from './paint.ts';

export interface TextOptions {
  readonly colour: boolean;
  /** Columns; commands are never wrapped, so that they can be pasted. */
  readonly width: number;
  /** Every member, every finding in full. */
  readonly verbose: boolean;
  /** What commands are quoted for; bash where it is left out. */
  readonly shell?: Shell | undefined;
  /** How azlb ends, where a report tells. */
  readonly exitCode?: number;
}

/** What the parts of the report are made with. */
export interface TextStyle extends TextOptions {
  readonly paint: Paint;
}
