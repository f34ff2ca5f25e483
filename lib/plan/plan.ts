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

export interface DrawnStep {
  readonly step: Step;
  /** Keys of the members and balancing rules that it is about. */
  readonly affects: readonly string[];
}

/** A drawn step with the name that it is called by: `look-1`, `change-2`. */
export interface PlannedStep extends DrawnStep {
  readonly id: string;
  /** Of an undo: the change that it takes back. */
  readonly undoes: string | null;
}

/** Steps that are about the same things. */
export function affecting(affects: readonly string[], steps: readonly Step[]): readonly DrawnStep[] {
  return steps.map((step) => ({ step, affects }));
}

/** Each kind of step is counted for itself, so that an id says what it is. */
export function withIds(drawn: readonly DrawnStep[]): readonly PlannedStep[] {
  const counts = new Map<StepKind, number>();
  const named = drawn.map((each) => {
    const number = (counts.get(each.step.kind) ?? 0) + 1;
    counts.set(each.step.kind, number);
    return { ...each, id: `${each.step.kind}-${number}` };
  });
  const changes = named.filter(({ step }) => step.kind === 'change');
  return named.map((each) => ({ ...each, undoes: idOf(each.step.undoes) }));

  /** What two fixes change alike is changed once, and named by whichever came first. */
  function idOf(undone: Step | undefined): string | null {
    if (undone === undefined) return null;
    const own = changes.find(({ step }) => step === undone) ?? changes.find(({ step }) => isSame(step, undone));
    return own?.id ?? null;
  }
}

function isSame(one: Step, other: Step): boolean {
  return one.title === other.title && one.argv.join('\n') === other.argv.join('\n');
}

/** 0 with steps; 1 where it is refused or nothing is to be done; 5 where nothing is, and not all was read that matters. */
export function planExitCode({ refused, steps, unread }: Pick<Plan, 'refused' | 'steps' | 'unread'>): 0 | 1 | 5 {
  if (refused !== null) return 1;
  if (steps.length > 0) return 0;
  return unread.length > 0 ? 5 : 1;
}
