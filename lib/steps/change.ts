import { backupOfLoadBalancer, checkWithTriage } from './looking.ts';
import type { Step } from './step.ts';

/** A change, and the command that takes it back; null where nothing can. */
export interface Reversible {
  readonly title: string;
  readonly argv: readonly string[];
  readonly disruptive?: string | null;
  readonly undo: {
    readonly title: string;
    readonly argv: readonly string[];
    readonly disruptive?: string | null;
  } | null;
}

/** All that a person needs around changes: what was there, the changes, how to see that they worked, the way back. */
export function guarded(loadBalancerId: string, changes: readonly Reversible[], backups?: readonly Step[]): Step[] {
  const made = changes.map(changeWithUndo);
  return [
    ...(backups ?? [backupOfLoadBalancer(loadBalancerId)]),
    ...made.map(({ change }) => change),
    checkWithTriage(loadBalancerId, undoable(changes)),
    ...made.toReversed().flatMap(({ undo }) => undo ?? []),
  ];
}

export interface ChangeWithUndo {
  readonly change: Step;
  readonly undo: Step | null;
}

/** For a plan that puts them into an order of its own. */
export function changeWithUndo({ title, argv, disruptive, undo }: Reversible): ChangeWithUndo {
  const change = step('change', title, argv, disruptive);
  return {
    change,
    undo: undo && { ...step('undo', undo.title, undo.argv, undo.disruptive), undoes: change },
  };
}

/** The same backwards: what the way back of a change does, with the change as its way back. */
export function reversed({ title, argv, disruptive, undo }: Reversible): Reversible | null {
  return undo && { ...undo, undo: { title, argv, disruptive: disruptive ?? null } };
}

function undoable(changes: readonly Reversible[]): 'all' | 'some' | undefined {
  const reversible = changes.filter(({ undo }) => undo !== null);
  if (reversible.length === 0) return undefined;
  return reversible.length === changes.length ? 'all' : 'some';
}

function step(kind: Step['kind'], title: string, argv: readonly string[], disruptive: string | null | undefined): Step {
  return { kind, title, argv: ['az', ...argv], disruptive: disruptive ?? null };
}
