import { hasReason } from '../../azure/reasons.ts';
import { cite, derive } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { checkWithTriage, lookAtRoutes, notice } from '../../steps/looking.ts';
import { deafBySecondaryInterface, isSecondary } from '../../topology/deaf.ts';
import { isThere } from '../../topology/gone.ts';
import { pathTo, probeFlow } from '../../topology/inbound.ts';
import { type ProbedMember, probedMembers } from '../../topology/subjects.ts';
import { counted } from '../../words/counted.ts';
import { standingOf } from '../standing.ts';
import { memberCount, membersIn, poolsIn } from '../together.ts';

export default defineRule({
  id: 'member-on-secondary-nic',
  layer: 'path',
  kind: 'risk',
  severity: 'medium',
  severityIfAll: 'critical',
  blocksProbe: true,
  explains: ['tcp-probe-timeout', 'member-down'],
  title: "A member by its machine's second interface, and not known to be up",
  why: "A machine answers through its primary interface unless it is told otherwise: without policy routes inside, the probe's answer leaves from the wrong one and is dropped.",
  docs: 'https://learn.microsoft.com/troubleshoot/azure/virtual-machines/linux/linux-vm-multiple-virtual-network-interfaces-configuration',
  about: probedMembers,
  needs: {
    nic: ({ member }: ProbedMember) => member.nic,
    machine: ({ member }: ProbedMember) => member.machine,
  },
  when: (_, { nic, machine }) => isSecondary(nic, machine),
  wants: {
    health: ({ rule }: ProbedMember) => rule.health,
    deaf: ({ rule }: ProbedMember) => deafBySecondaryInterface(rule),
    path: ({ member, probe }: ProbedMember) => pathTo(member, probeFlow(probe)),
  },
  check: ({ member }, { nic, machine }, { health, deaf, path }) => {
    if (!isThere(nic) || !isThere(machine) || health?.members.get(member)?.really === 'up') return undefined;
    const isDeaf = hasReason(health?.members.get(member), 'Down_Probe_TcpProbeTimeout');
    const explainsAll = deaf === true && isDeaf && path?.admission.access === 'Allow';
    return {
      on: nic.id,
      ...(explainsAll ? { kind: 'fault', severity: 'high' } : { explains: [] }),
      facts: { primary: cite(nic, 'primary'), interfaces: derive(machine.nicIds.length, cite(machine, 'id')) },
      detail: { nic, machine, standing: standingOf(member, health) },
    };
  },
  message: ({ interfaces }, { member }, { nic, machine, standing }) =>
    `${nic.name}, in ${member.pool.name}, is not the primary one of ${machine.name}'s ${interfaces} interfaces, and the member ${standing}.`,
  fix: (_, { loadBalancer }, { nic, machine }) => [
    lookAtRoutes(nic.id),
    notice(
      `On ${machine.name} itself: ip rule; ip route show table all (Linux), route print (Windows). What comes in on ${nic.name} must go out there; else put the primary interface into the pool instead`,
    ),
    checkWithTriage(loadBalancer.id),
  ],
  together: {
    by: () => 'secondary',
    message: (all) =>
      `${counted(memberCount(all), 'member')} of ${poolsIn(all)} are in it by an interface that is not their machine's primary one, and are not up: ${membersIn(all)}.`,
  },
});
