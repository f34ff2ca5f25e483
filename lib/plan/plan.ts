import type { Capacity, Plan, PlanKind, Refusal } from '../../schemas/plan.generated.ts';
import type { Step, StepKind } from '../steps/step.ts';

export type { Capacity, CapacityRow, Plan, PlanKind, Refusal } from '../../schemas/plan.generated.ts';

/** What a kind of plan comes to, before it is told. */
export interface Drawn {
  readonly kind: PlanKind;
  readonly refused: Refusal | null;
  readonly capacity: Capacity;
  /** In the order in which they are done; the undos at the end, in theirs. */
  readonly steps: readonly DrawnStep[];
  readonly unread: readonly string[];
}

export interface DrawnStep extends Step {
  /** Keys of the members and balancing rules that it is about. */
  readonly affects: readonly string[];
}

/** A drawn step with the name that it is called by: `look-1`, `change-2`. */
export interface PlannedStep extends DrawnStep {
  readonly id: string;
}

/** Steps that are about the same things. */
export function affecting(affects: readonly string[], steps: readonly Step[]): readonly DrawnStep[] {
  return steps.map((step) => ({ ...step, affects }));
}

/** Each kind of step is counted for itself, so that an id says what it is. */
export function withIds(steps: readonly DrawnStep[]): readonly PlannedStep[] {
  const counts = new Map<StepKind, number>();
  return steps.map((step) => {
    const number = (counts.get(step.kind) ?? 0) + 1;
    counts.set(step.kind, number);
    return { ...step, id: `${step.kind}-${number}` };
  });
}

/** 0 with steps; 1 where it is refused or nothing is to be done; 5 where nothing is, and not all was read that matters. */
export function planExitCode({ refused, steps, unread }: Pick<Plan, 'refused' | 'steps' | 'unread'>): 0 | 1 | 5 {
  if (refused !== null) return 1;
  if (steps.length > 0) return 0;
  return unread.length > 0 ? 5 : 1;
}
