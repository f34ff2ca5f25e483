import { hasReason } from '../../azure/reasons.ts';
import { is } from '../../azure/words.ts';
import { cite, type Fact } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { lookAtMachine, notice } from '../../steps/looking.ts';
import { setAdminState } from '../../steps/pool.ts';
import { healthWithoutAdminState } from '../../topology/admin-state.ts';
import { present, refusal } from '../../topology/gone.ts';
import type { Gone, Machine, Nic } from '../../topology/model.ts';
import { overridableMembers, type RuleMember } from '../../topology/subjects.ts';
import { counted } from '../../words/counted.ts';
import { isOff } from '../power.ts';
import { memberCount, membersIn, poolsIn } from '../together.ts';

// The availability metric can't refute it: it mirrors the admin state.
export default defineRule({
  id: 'admin-state-up-masks-probe',
  layer: 'override',
  kind: 'risk',
  severity: 'high',
  title: 'A member is kept in service by hand, whatever its probe says',
  why: 'Admin state Up overrides the probe: the member gets its share of new connections whether or not anything answers there, and health and metrics show it up.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/admin-state-overview',
  explains: ['too-few-members'],
  about: overridableMembers,
  wants: {
    nic: ({ member }: RuleMember) => member.nic,
    machine: ({ member }: RuleMember) => member.machine,
    health: ({ member, rule }: RuleMember) => healthWithoutAdminState(member, rule),
  },
  check: ({ member }, _, { nic, machine, health }) => {
    const isSet = is(member.adminState, 'Up');
    if (!isSet && !hasReason(health, 'Up_Admin')) return undefined;
    const dead = deathOf(nic, machine);
    return {
      ...(dead && { kind: 'fault', severity: 'critical' }),
      facts: {
        ...(isSet || !health ? { adminState: cite(member, 'adminState') } : { reason: cite(health, 'reason') }),
        ...(dead && { dead: dead.fact }),
      },
      detail: { dead: dead?.said, machineId: present(machine)?.id },
    };
  },
  message: (_, { member }, { dead }) =>
    dead === undefined
      ? `${member.name} has admin state Up in ${member.pool.name}: it gets traffic whether or not its probe succeeds.`
      : `${member.name} has admin state Up in ${member.pool.name} and gets traffic, although ${dead}.`,
  fix: (_, { member, rule: { probe } }, { dead, machineId }) => {
    if (member.addressName === undefined) return [];
    const change = setAdminState({ poolId: member.pool.id, address: member.addressName, to: 'None', from: 'Up' });
    if (dead !== undefined) return change;
    const answers = `See that ${member.name} answers its probe${probe ? ` (${probe.protocol}, port ${probe.port})` : ''}: with None it gets traffic only if it does`;
    return [...(machineId === undefined ? [] : [lookAtMachine(machineId)]), notice(answers), ...change];
  },
  together: {
    by: ({ detail: { dead } }) => dead ?? 'alive',
    message: (all) => {
      const [
        {
          detail: { dead },
        },
      ] = all;
      const said = `${counted(memberCount(all), 'member')} of ${poolsIn(all)} have admin state Up`;
      return dead === undefined
        ? `${said} and get traffic whether or not their probes succeed: ${membersIn(all)}.`
        : `${said} and get traffic, although of each ${dead}: ${membersIn(all)}.`;
    },
  },
});

/** Why certainly nothing answers there. */
function deathOf(
  nic: Nic | Gone | undefined,
  machine: Machine | Gone | undefined,
): { readonly said: string; readonly fact: Fact<unknown> } | undefined {
  if (nic?.gone) return { said: 'its network interface does not exist', fact: refusal(nic) };
  if (machine?.gone) return { said: 'its machine does not exist', fact: refusal(machine) };
  if (machine?.power && isOff(machine)) {
    return { said: `its machine is ${machine.powerState}`, fact: cite(machine.power, 'code') };
  }
  if (nic && !machine && nic.machineId === undefined) {
    return { said: 'its network interface belongs to no machine', fact: cite(nic.virtualMachine, 'id') };
  }
  return undefined;
}
