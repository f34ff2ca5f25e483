import { guarded } from './change.ts';
import { instanceUpdate } from './pool.ts';
import type { Step } from './step.ts';
import { nameOf, nameOptions, option } from './where.ts';

const stops = 'Stops the machine again.';

/** `was` decides the way back: a stopped machine is still billed, a deallocated one is not. */
export function startMachines(change: {
  readonly machineIds: readonly string[];
  readonly was: 'stopped' | 'deallocated';
  readonly loadBalancerId: string;
}): Step[] {
  const { machineIds, was, loadBalancerId } = change;
  const verb = was === 'stopped' ? 'stop' : 'deallocate';
  const names = namesOf(machineIds);
  return guarded(
    loadBalancerId,
    [
      {
        title: `Start ${names}${was === 'deallocated' ? ' (billed again from then on)' : ''}`,
        argv: ['vm', 'start', ...theseMachines(machineIds)],
        undo: {
          title: `Let ${names} be ${was} again`,
          argv: ['vm', verb, ...theseMachines(machineIds)],
          disruptive: machineIds.length === 1 ? stops : 'Stops the machines again.',
        },
      },
    ],
    [],
  );
}

export function restartMachines(change: {
  readonly machineIds: readonly string[];
  readonly loadBalancerId: string;
}): Step[] {
  const { machineIds, loadBalancerId } = change;
  const argv = ['vm', 'restart', ...theseMachines(machineIds)];
  const disruptive =
    machineIds.length === 1
      ? 'Everything on the machine is down for some minutes, and nothing undoes it.'
      : 'Everything on these machines is down for some minutes, all at once, and nothing undoes it.';
  return guarded(loadBalancerId, [{ title: `Restart ${namesOf(machineIds)}`, argv, disruptive, undo: null }], []);
}

const namesOf = (ids: readonly string[]): string => ids.map(nameOf).join(', ');

/** One by its name, as a person would type it; several in one process by their ids, which hold their groups. */
function theseMachines(ids: readonly string[]): readonly string[] {
  const [only = '', ...others] = ids;
  return others.length === 0 ? nameOptions(only) : ['--ids', ...ids];
}

/** Of a Uniform scale set; an instance of a Flexible one is an ordinary machine. */
export function startInstances(change: {
  readonly scaleSetId: string;
  readonly instanceIds: readonly string[];
  readonly was: 'stopped' | 'deallocated';
  readonly loadBalancerId: string;
}): Step[] {
  const { scaleSetId, instanceIds, was, loadBalancerId } = change;
  const instances = [...nameOptions(scaleSetId), '--instance-ids', ...instanceIds];
  const title = `${instanceIds.join(', ')} of ${nameOf(scaleSetId)}`;
  return guarded(
    loadBalancerId,
    [
      {
        title: `Start ${title}`,
        argv: ['vmss', 'start', ...instances],
        undo: {
          title: `Let ${title} be ${was} again`,
          argv: ['vmss', was === 'stopped' ? 'stop' : 'deallocate', ...instances],
          disruptive: stops,
        },
      },
    ],
    [],
  );
}

export function updateInstances(change: {
  readonly scaleSetId: string;
  readonly instanceIds: readonly string[];
  readonly loadBalancerId: string;
}): Step[] {
  const { scaleSetId, instanceIds, loadBalancerId } = change;
  return guarded(loadBalancerId, [{ ...instanceUpdate(scaleSetId, instanceIds), undo: null }], []);
}

/** One more than there are; the way back lets Azure choose who goes. */
export function scaleOut(change: {
  readonly scaleSetId: string;
  readonly from: number;
  readonly loadBalancerId: string;
}): Step[] {
  const { scaleSetId, from, loadBalancerId } = change;
  const to = (capacity: number) => ['vmss', 'scale', ...nameOptions(scaleSetId), option('new-capacity', capacity)];
  return guarded(
    loadBalancerId,
    [
      {
        title: `Give ${nameOf(scaleSetId)} ${from + 1} instances instead of ${from} (one more is billed)`,
        argv: to(from + 1),
        undo: {
          title: `Go back to ${from}`,
          argv: to(from),
          disruptive: 'Azure chooses which instance it deletes.',
        },
      },
    ],
    [],
  );
}
