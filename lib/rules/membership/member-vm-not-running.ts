import { idKey } from '../../azure/ids.ts';
import { is } from '../../azure/words.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { joined } from '../../steps/joined.ts';
import { startInstances, startMachines } from '../../steps/machine.ts';
import type { Step } from '../../steps/step.ts';
import { isThere } from '../../topology/gone.ts';
import type { LoadBalancer, Machine } from '../../topology/model.ts';
import { type MemberSubject, machineMembers } from '../../topology/subjects.ts';
import { counted } from '../../words/counted.ts';
import { byName, named } from '../../words/name-order.ts';
import { isOff } from '../power.ts';

export default defineRule({
  id: 'member-vm-not-running',
  layer: 'compute',
  kind: 'fault',
  severity: 'high',
  severityIfAll: 'critical',
  title: "A member's machine is not running",
  why: 'A machine that is stopped or deallocated stays in its pool, answers no probe and is left out of the health answer altogether.',
  docs: 'https://learn.microsoft.com/azure/virtual-machines/states-billing',
  explains: ['tcp-probe-timeout', 'health-missing-members', 'member-down'],
  about: machineMembers,
  needs: { machine: ({ member }: MemberSubject) => member.machine },
  // Of an AKS node the remedy depends on whether its cluster was stopped, or its node pool.
  wants: { cluster: ({ loadBalancer }: MemberSubject) => loadBalancer.cluster },
  when: (_, { machine }) => isThere(machine) && isOff(machine),
  check: ({ pool, member }, { machine }) => {
    if (!isThere(machine) || !machine.power || !isOff(machine)) return undefined;
    // Outside of every balancing rule nothing is lost; where an operator took it out, it was meant.
    const isServing = pool.balancingRules.length > 0;
    const isDrained = is(member.adminState, 'Down');
    return {
      on: machine.id,
      ...(isServing && !isDrained ? {} : { severity: 'info', kind: 'advice' }),
      facts: { power: cite(machine.power, 'code') },
      detail: { machine, state: machine.powerState ?? '' },
    };
  },
  message: (_, { member }, { machine, state }) =>
    `${machine.name} is ${state}${is(machine.priority, 'Spot') ? ' (a Spot machine: Azure may have evicted it)' : ''}, and is a member of ${member.pool.name}.`,
  fix: (_, { loadBalancer }, { machine, state }) => start([machine], state, loadBalancer),
  together: {
    by: ({ detail: { state } }) => state,
    message: (all) => {
      const machines = distinct(all.map(({ detail }) => detail.machine));
      const spot = machines.filter(({ priority }) => is(priority, 'Spot'));
      const evicted =
        spot.length === 0 ? '' : ` (${named(spot.map(({ name }) => name))}: Spot, Azure may have evicted them)`;
      const pools = named(all.map(({ subject }) => subject.pool.name));
      const [
        {
          detail: { state },
        },
      ] = all;
      const names = named(machines.map(({ name }) => name));
      return machines.length === 1
        ? `${names} is ${state}${evicted}, and is a member of ${pools}.`
        : `${counted(machines.length, 'machine')} behind ${pools} are ${state}: ${names}${evicted}.`;
    },
    fix: (all) => {
      const [
        {
          subject,
          detail: { state },
        },
      ] = all;
      return start(
        all.map(({ detail }) => detail.machine),
        state,
        subject.loadBalancer,
      );
    },
  },
});

function distinct(machines: readonly Machine[]): readonly Machine[] {
  return [...new Map(machines.map((machine) => [idKey(machine.id), machine])).values()];
}

/** Machines in one command by their ids; a scale set's instances in one for each set. */
function start(all: readonly Machine[], state: string, loadBalancer: LoadBalancer): readonly Step[] {
  const was = state.startsWith('stop') ? 'stopped' : 'deallocated';
  const common = { was, loadBalancerId: loadBalancer.id } as const;
  const machines = distinct(all);
  const single = machines.flatMap(({ id, instance }) => (instance ? [] : [id]));
  const sets = new Map<string, string[]>();
  for (const { instance } of machines)
    if (instance) sets.set(instance.scaleSetId, [...(sets.get(instance.scaleSetId) ?? []), instance.instanceId]);
  return joined(
    ...(single.length === 0 ? [] : [startMachines({ ...common, machineIds: single })]),
    ...[...sets].map(([scaleSetId, ids]) => startInstances({ ...common, scaleSetId, instanceIds: ids.sort(byName) })),
  );
}
