import { cite, defineRule } from '../../rule.ts';
import { startInstances, startMachine } from '../../steps/machine.ts';
import { type MemberSubject, machineMembers } from '../../topology/subjects.ts';
import { isOff } from '../power.ts';
import { absentSymptoms } from '../symptoms.ts';

export default defineRule({
  id: 'member-vm-not-running',
  layer: 'compute',
  kind: 'fault',
  severity: 'high',
  severityIfAll: 'critical',
  title: "A member's machine is not running",
  why: 'A machine that is stopped or deallocated stays in its pool, answers no probe and is left out of the health answer altogether.',
  docs: 'https://learn.microsoft.com/azure/virtual-machines/states-billing',
  explains: ['tcp-probe-timeout', ...absentSymptoms],
  about: machineMembers,
  needs: { machine: ({ member }: MemberSubject) => member.machine },
  check: ({ pool, member }, { machine }) => {
    if (!machine || machine.gone || !machine.power || !isOff(machine)) return undefined;
    // Outside of every balancing rule nothing is lost; where an operator took it out, it was meant.
    const isServing = pool.balancingRules.length > 0;
    const isDrained = member.adminState?.toLowerCase() === 'down';
    return {
      on: machine.id,
      ...(isServing && !isDrained ? {} : { severity: 'info', kind: 'advice' }),
      facts: { power: cite(machine.power, 'code') },
      detail: { machine, state: machine.powerState ?? '' },
    };
  },
  message: (_, { member }, { machine, state }) =>
    `${machine.name} is ${state}${machine.priority === 'Spot' ? ' (a Spot machine: Azure may have evicted it)' : ''}, and is a member of ${member.pool.name}.`,
  fix: (_, { loadBalancer }, { machine, state }) => {
    const was = state.startsWith('stop') ? 'stopped' : 'deallocated';
    const common = { was, loadBalancerId: loadBalancer.id } as const;
    return machine.instance
      ? startInstances({
          ...common,
          scaleSetId: machine.instance.scaleSetId,
          instanceIds: [machine.instance.instanceId],
        })
      : startMachine({ ...common, machineId: machine.id });
  },
});
