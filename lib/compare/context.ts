import type { Change, ComparisonMode, NamedDifferently, NotCompared } from '../../schemas/comparison.generated.ts';
import type { Pairing } from './pair.ts';
import type { Side } from './side.ts';

/** What every part of a comparison looks at. */
export interface Comparing {
  readonly mode: ComparisonMode;
  readonly left: Side;
  readonly right: Side;
  readonly pairing: Pairing;
}

/** What one part of a comparison has to say. */
export interface Differences {
  readonly changes: readonly Change[];
  readonly namedDifferently: readonly NamedDifferently[];
  readonly notCompared: readonly NotCompared[];
}

export const nothing: Differences = { changes: [], namedDifferently: [], notCompared: [] };

export const all = (parts: readonly Differences[]): Differences => ({
  changes: parts.flatMap(({ changes }) => changes),
  namedDifferently: parts.flatMap(({ namedDifferently }) => namedDifferently),
  notCompared: parts.flatMap(({ notCompared }) => notCompared),
});
