import { backup } from './looking.ts';
import { instanceUpdate } from './pool.ts';
import type { Step } from './step.ts';
import { nameOf, nameOptions } from './where.ts';

/** A scale set that judges its instances by a probe. */
export interface HoldingSet {
  readonly id: string;
  readonly instanceIds: readonly string[];
}

/**
 * Azure refuses a change of a probe while a scale set judges its instances by it: the set lets go of it, the change is
 * made, the set takes it again; and the same around the way back.
 */
export function whileLetGo(sets: readonly HoldingSet[], probeId: string, steps: readonly Step[]): readonly Step[] {
  if (sets.length === 0) return steps;
  const of = (kind: Step['kind']) => steps.filter((step) => step.kind === kind);
  const letGo = sets.flatMap((set) => written(set, null));
  const taken = sets.flatMap((set) => written(set, probeId));
  const around = (before: readonly Step[], inner: readonly Step[], after: readonly Step[]): readonly Step[] =>
    inner.length === 0 ? [] : [...before, ...inner, ...after];
  return [
    ...of('look'),
    ...of('backup'),
    ...sets.map(({ id }) => backup(id)),
    ...around(letGo, of('change'), taken),
    ...of('check'),
    // On the way back they are let go because they were taken again, and taken again because they were let go.
    ...around(undoing(letGo, taken), of('undo'), undoing(taken, letGo)),
  ];
}

function undoing(steps: readonly Step[], changes: readonly Step[]): readonly Step[] {
  return steps.map((step, at) => ({ ...step, kind: 'undo', undoes: changes[at] }));
}

function written({ id, instanceIds }: HoldingSet, probeId: string | null): readonly Step[] {
  const field = 'virtualMachineProfile.networkProfile.healthProbe';
  const update = ['az', 'vmss', 'update', ...nameOptions(id)];
  const model: Step = {
    kind: 'change',
    title:
      probeId === null
        ? `Let ${nameOf(id)} judge its instances by no probe`
        : `Let ${nameOf(id)} judge them by ${nameOf(probeId)} again`,
    // Below what is not there, --set finds no place for an id alone (az 2.91).
    argv:
      probeId === null
        ? [...update, '--remove', field]
        : [...update, '--set', `${field}=${JSON.stringify({ id: probeId })}`],
    disruptive: 'Automatic repairs and rolling upgrades of the set need a probe.',
  };
  if (instanceIds.length === 0) return [model];
  const { title, argv, disruptive } = instanceUpdate(id, instanceIds);
  return [model, { kind: 'change', title, argv: ['az', ...argv], disruptive }];
}
