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
  const around = (kind: 'change' | 'undo', inner: readonly Step[]): readonly Step[] =>
    inner.length === 0
      ? []
      : [
          ...sets.flatMap((set) => written(kind, set, null)),
          ...inner,
          ...sets.flatMap((set) => written(kind, set, probeId)),
        ];
  return [
    ...of('look'),
    ...of('backup'),
    ...sets.map(({ id }) => backup(id)),
    ...around('change', of('change')),
    ...of('check'),
    ...around('undo', of('undo')),
  ];
}

function written(kind: 'change' | 'undo', { id, instanceIds }: HoldingSet, probeId: string | null): readonly Step[] {
  const field = 'virtualMachineProfile.networkProfile.healthProbe';
  const update = ['az', 'vmss', 'update', ...nameOptions(id)];
  const model: Step = {
    kind,
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
  return [model, { kind, title, argv: ['az', ...argv], disruptive }];
}
