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
  const made = changes.map((change) => ({
    change: step('change', change.title, change.argv, change.disruptive),
    undo: change.undo,
  }));
  return [
    ...(backups ?? [backupOfLoadBalancer(loadBalancerId)]),
    ...made.map(({ change }) => change),
    checkWithTriage(loadBalancerId, undoable(changes)),
    ...made
      .toReversed()
      .flatMap(({ change, undo }) =>
        undo === null ? [] : [{ ...step('undo', undo.title, undo.argv, undo.disruptive), undoes: change }],
      ),
  ];
}

function undoable(changes: readonly Reversible[]): 'all' | 'some' | undefined {
  const reversible = changes.filter(({ undo }) => undo !== null);
  if (reversible.length === 0) return undefined;
  return reversible.length === changes.length ? 'all' : 'some';
}

function step(kind: Step['kind'], title: string, argv: readonly string[], disruptive: string | null | undefined): Step {
  return { kind, title, argv: ['az', ...argv], disruptive: disruptive ?? null };
}
