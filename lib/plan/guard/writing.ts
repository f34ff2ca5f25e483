import type { Step } from '../../steps/step.ts';
import { type DrawnStep, withIds } from '../plan.ts';
import { type Write, writesOf } from './writes.ts';

/** A change or a way back, with what it writes. */
export interface Writing {
  readonly id: string;
  readonly step: Step;
  readonly writes: readonly Write[];
  /** Whether that is all of it. */
  readonly isKnown: boolean;
}

/** All of a plan that write, each by the id that the plan calls it. */
export function writingIn(steps: readonly DrawnStep[]): readonly Writing[] {
  return withIds(steps).flatMap(({ id, step }): readonly Writing[] => {
    if (step.kind !== 'change' && step.kind !== 'undo') return [];
    const writes = writesOf(step.argv);
    return [{ id, step, writes: writes ?? [], isKnown: writes !== undefined }];
  });
}

/** What a guard makes of a plan. */
export interface Guarded {
  /** Why the plan can't be run at all. */
  readonly refused: readonly string[];
  /** What to know before anything is done. */
  readonly notices: readonly string[];
  /** What is said at a step, by the step. */
  readonly said: ReadonlyMap<Step, string>;
}

export const unguarded: Guarded = { refused: [], notices: [], said: new Map() };

/** `change-1 and undo-2`, for a sentence. */
export function stepsSaid(ids: readonly string[]): string {
  const [last = '', ...others] = ids.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`;
}
