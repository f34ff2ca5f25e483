import { is } from '../../azure/words.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { lookAtMachine, notice } from '../../steps/looking.ts';
import { restartMachines } from '../../steps/machine.ts';
import { isThere } from '../../topology/gone.ts';
import type { Gone, Machine } from '../../topology/model.ts';
import { type ProbedMember, probedMembers } from '../../topology/subjects.ts';
import { counted } from '../../words/counted.ts';
import { named } from '../../words/name-order.ts';
import { standingOf } from '../standing.ts';
import { poolsIn } from '../together.ts';

export default defineRule({
  id: 'member-vm-unhealthy-platform',
  layer: 'compute',
  // A probe needs no agent: it tells of a machine that may hang, and proves nothing by itself.
  kind: 'risk',
  severity: 'medium',
  title: "A member's machine runs, and its agent or its provisioning failed",
  why: 'The machine is on, but Azure could not finish setting it up or hears nothing from the agent inside, and the member is not known to be up: its system may hang.',
  docs: 'https://learn.microsoft.com/troubleshoot/azure/virtual-machines/windows/windows-azure-guest-agent',
  about: probedMembers,
  needs: { machine: ({ member }: ProbedMember) => member.machine },
  when: (_, { machine }) => troubleOf(machine) !== undefined,
  wants: { health: ({ rule }: ProbedMember) => rule.health },
  check: ({ member }, { machine }, { health }) => {
    const trouble = troubleOf(machine);
    if (!isThere(machine) || !machine.power || !trouble || health?.members.get(member)?.really === 'up') {
      return undefined;
    }
    return {
      on: machine.id,
      facts: { power: cite(machine.power, 'code'), state: trouble.fact },
      detail: { machine, said: trouble.said, standing: standingOf(member, health) },
    };
  },
  message: (_, { member }, { machine, said, standing }) =>
    `${machine.name} is on, but ${said}; it is a member of ${member.pool.name} that ${standing}.`,
  fix: (_, { loadBalancer }, { machine }) =>
    machine.instance
      ? [
          notice(
            `See what its console says, then restart instance ${machine.instance.instanceId} of ${machine.instance.scaleSet}`,
          ),
        ]
      : [lookAtMachine(machine.id), ...restartMachines({ machineIds: [machine.id], loadBalancerId: loadBalancer.id })],
  together: {
    by: ({ detail: { said, machine } }) => `${said} ${machine.instance?.scaleSetId ?? ''}`,
    message: (all) => {
      const [
        {
          detail: { said },
        },
      ] = all;
      const machines = all.map(({ detail }) => detail.machine.name);
      return `${counted(new Set(machines).size, 'machine')} behind ${poolsIn(all)} are on and not up, and of each ${said}: ${named(machines)}.`;
    },
  },
});

function troubleOf(machine: Machine | Gone | undefined) {
  if (!isThere(machine) || machine.powerState !== 'running') return undefined;
  if (is(machine.provisioningState, 'Failed')) {
    return { said: 'its provisioning failed', fact: cite(machine, 'provisioningState') };
  }
  if (machine.agent && !is(machine.agent.displayStatus, 'Ready')) {
    return { said: 'its agent is not ready', fact: cite(machine.agent, 'displayStatus') };
  }
  return undefined;
}
