import { guarded } from './change.ts';
import { instanceUpdate } from './pool.ts';
import type { Step } from './step.ts';
import { named, nameOf } from './where.ts';

const stops = 'Stops the machine again.';

/** `was` decides the way back: a stopped machine is still billed, a deallocated one is not. */
export function startMachine(change: {
  readonly machineId: string;
  readonly was: 'stopped' | 'deallocated';
  readonly loadBalancerId: string;
}): Step[] {
  const { machineId, was, loadBalancerId } = change;
  const verb = was === 'stopped' ? 'stop' : 'deallocate';
  return guarded(
    loadBalancerId,
    [
      {
        title: `Start ${nameOf(machineId)}${was === 'deallocated' ? ' (it is billed again from then on)' : ''}`,
        argv: ['vm', 'start', ...named(machineId)],
        undo: {
          title: `Let ${nameOf(machineId)} be ${was} again`,
          argv: ['vm', verb, ...named(machineId)],
          disruptive: stops,
        },
      },
    ],
    [],
  );
}

export function restartMachine(change: { readonly machineId: string; readonly loadBalancerId: string }): Step[] {
  const { machineId, loadBalancerId } = change;
  const argv = ['vm', 'restart', ...named(machineId)];
  const disruptive = 'Everything on the machine is down for some minutes, and nothing undoes it.';
  return guarded(loadBalancerId, [{ title: `Restart ${nameOf(machineId)}`, argv, disruptive, undo: null }], []);
}

/** Of a Uniform scale set; an instance of a Flexible one is an ordinary machine. */
export function startInstances(change: {
  readonly scaleSetId: string;
  readonly instanceIds: readonly string[];
  readonly was: 'stopped' | 'deallocated';
  readonly loadBalancerId: string;
}): Step[] {
  const { scaleSetId, instanceIds, was, loadBalancerId } = change;
  const instances = [...named(scaleSetId), '--instance-ids', ...instanceIds];
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
