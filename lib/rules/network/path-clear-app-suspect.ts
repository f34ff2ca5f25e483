import { hasReason } from '../../azure/reasons.ts';
import { is } from '../../azure/words.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { lookAtGuestFirewall, lookAtTimestamps, lookForListeners } from '../../steps/guest.ts';
import { checkWithTriage, notice } from '../../steps/looking.ts';
import type { Step } from '../../steps/step.ts';
import { activePassive, idleMembers } from '../../topology/active-passive.ts';
import { deafBySecondaryInterface, deafToProbe } from '../../topology/deaf.ts';
import { isThere } from '../../topology/gone.ts';
import { type Guest, guestOf } from '../../topology/guest.ts';
import { pathThrough, pathTo, probeFlow, probeSourceOf } from '../../topology/inbound.ts';
import type { BalancingRule, LoadBalancer } from '../../topology/model.ts';
import { isBlocked, isUnrelated } from '../../topology/probe-port.ts';
import { type ProbedMember, probedMembers } from '../../topology/subjects.ts';
import { counted } from '../../words/counted.ts';
import { named } from '../../words/name-order.ts';
import { namedRules } from '../security-rule-facts.ts';

export default defineRule({
  id: 'path-clear-app-suspect',
  layer: 'application',
  kind: 'fault',
  severity: 'high',
  severityIfAll: 'critical',
  title: 'Nothing answers the probe inside the machine',
  why: 'The machine runs and every security group lets the probe through, so it gets as far as the guest. What is left there: nothing listens on the port (or on 127.0.0.1 alone), or the guest has a firewall of its own.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-troubleshoot-health-probe-status',
  explains: ['tcp-probe-timeout', 'member-down'],
  about: probedMembers,
  needs: {
    health: ({ rule }: ProbedMember) => rule.reasons,
    idle: ({ rule }: ProbedMember) => idleMembers(rule),
    cluster: ({ rule }: ProbedMember) => activePassive(rule),
    machine: ({ member }: ProbedMember) => member.machine,
    path: ({ member, probe }: ProbedMember) => pathTo(member, probeFlow(probe)),
  },
  when: ({ member }, { health, idle, machine, path: { admission } }) =>
    !idle.has(member) &&
    hasReason(health.members.get(member), 'Down_Probe_TcpProbeTimeout') &&
    machine?.gone === undefined &&
    machine?.powerState === 'running' &&
    admission.access === 'Allow' &&
    admission.certain,
  wants: {
    inForce: ({ member }: ProbedMember) => member.effectiveFilter,
    deaf: ({ probe }: ProbedMember) => deafToProbe(probe),
    bySecondary: ({ rule }: ProbedMember) => deafBySecondaryInterface(rule),
    guest: ({ member }: ProbedMember) => guestOf(member),
  },
  check: (
    { member, probe, rule, loadBalancer },
    { health, cluster, machine, path },
    { inForce, deaf = [], bySecondary, guest },
  ) => {
    const found = health.members.get(member);
    if (!found || !isThere(machine) || !machine.power) return undefined;
    if (inForce && pathThrough(inForce, member, probeFlow(probe)).admission.access === 'Deny') return undefined;
    // Where nobody answers on a port that carries no traffic, it is the probe that is wrong: probe-port-unrelated.
    if (deaf.length > 0 && isUnrelated({ probe, loadBalancer })) return undefined;
    // Nobody hears what is never sent: http-probe-on-blocked-port.
    if (deaf.length > 0 && isBlocked(probe) && is(probe.protocol, 'Http')) return undefined;
    // It is heard, and answered through the other interface: member-on-secondary-nic.
    if (bySecondary === true) return undefined;
    const allowing = path.admission.stages.flatMap(({ rule }) => (rule ? [rule] : []));
    return {
      // Of a cluster's nodes one should answer, and which is the cluster's affair: that is one finding.
      on: cluster.meant ? rule.id : machine.id,
      facts: {
        reason: cite(found, 'reason'),
        port: cite(probe, 'port'),
        power: cite(machine.power, 'code'),
        allowedBy: namedRules(...allowing),
      },
      detail: { machine, guest, isCluster: cluster.meant },
    };
  },
  message: ({ port }, { rule }, { machine, isCluster }) =>
    isCluster
      ? ofCluster(port, rule)
      : `Nothing is listening on port ${port} of machine ${machine.name}, or the guest's own firewall drops it: all before it lets the probe through.`,
  fix: ({ port }, { loadBalancer, member }, { machine, guest, isCluster }) =>
    startListening([machine.name], { port, source: probeSourceOf(member) }, [guest], { loadBalancer, isCluster }),
  together: {
    by: ({ values: { port }, subject: { member, rule }, detail: { isCluster } }) =>
      `${port} ${probeSourceOf(member)} ${isCluster ? rule.id : ''}`,
    message: (all) => {
      const [
        {
          values: { port },
          subject: { rule },
          detail: { isCluster },
        },
      ] = all;
      if (isCluster) return ofCluster(port, rule);
      const machines = all.map(({ detail }) => detail.machine.name);
      return `Nothing is listening on port ${port} of ${counted(new Set(machines).size, 'machine')}, or their own firewalls drop it: ${named(machines)}. All before them lets the probe through.`;
    },
    fix: (all) => {
      const [
        {
          values: { port },
          subject: { loadBalancer, member },
          detail: { isCluster },
        },
      ] = all;
      const machines = all.map(({ detail: { machine } }) => machine.name);
      return startListening(
        machines,
        { port, source: probeSourceOf(member) },
        all.map(({ detail: { guest } }) => guest),
        { loadBalancer, isCluster },
      );
    },
  },
});

/** So many machines are looked into; the others look the same. */
const looked = 2;

function startListening(
  machines: readonly string[],
  { port, source }: { readonly port: number; readonly source: string },
  guests: readonly (Guest | undefined)[],
  { loadBalancer: { id }, isCluster }: { readonly loadBalancer: LoadBalancer; readonly isCluster: boolean },
): readonly Step[] {
  const known = new Map(guests.flatMap((guest) => (guest ? [[guest.id, guest] as const] : [])));
  const looks = [...known.values()]
    .slice(0, looked)
    .flatMap((guest) => [...lookForListeners(guest), ...lookAtGuestFirewall(guest), ...lookAtTimestamps(guest)]);
  if (isCluster) return [lookAtCluster(port), ...looks, leaveToCluster(port, source), timestamps, checkWithTriage(id)];
  return [
    ...looks,
    notice(
      `Start on ${named(machines)} what should listen on port ${port}, on the machine's own address and not on 127.0.0.1 alone; or let its firewall pass ${source}`,
    ),
    timestamps,
    checkWithTriage(id),
  ];
}

const timestamps = notice(
  'Where net.ipv4.tcp_timestamps is 1 on Linux, the guest itself may drop probes: set it to 0, as SAP asks for behind a load balancer',
);

const ofCluster = (port: number, { name }: BalancingRule): string =>
  `No node behind ${name} answers port ${port}, on which a cluster says which of them is active: its own resource opens that port there.`;

/** Windows Server Failover Clustering opens the port by its IP resource, Pacemaker by a resource agent. */
const lookAtCluster = (port: number): Step =>
  notice(
    `See that the cluster's group is online on one node, and that its IP resource names this port: ProbePort ${port} (Get-ClusterResource | Get-ClusterParameter ProbePort; SQL Server, WSFC), or the load balancer resource agent of Pacemaker (azure-lb, or nc or socat, port=${port}; SAP, HANA)`,
  );

const leaveToCluster = (port: number, source: string): Step =>
  notice(
    `Let the firewall of every node pass ${source} to port ${port}, and leave the port to the cluster: with two nodes answering, half of the connections reach the passive one`,
  );
