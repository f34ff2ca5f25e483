import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { checkWithTriage, notice } from '../../steps/looking.ts';
import { activePassive, idleMembers, isClusterShaped } from '../../topology/active-passive.ts';
import { type MeasuredRule, plainMeasuredRules } from '../../topology/subjects.ts';
import { countsOf } from '../counts.ts';

export default defineRule({
  id: 'active-passive-both-up',
  layer: 'application',
  kind: 'fault',
  severity: 'high',
  // A count: the verdict goes by the same fact, and which of the nodes is the passive one only the cluster knows.
  observes: 'count',
  membersAreUp: true,
  title: 'Several nodes of an active/passive cluster answer the probe',
  why: "A cluster opens its probe port on the active node alone, so that the load balancer sends everything there. Where another node answers as well, a part of the connections reaches a passive node and fails; a probe port that something else listens on does it, as does a port within the machine's dynamic range.",
  docs: 'https://learn.microsoft.com/azure/azure-sql/virtual-machines/windows/availability-group-vnn-azure-load-balancer-configure',
  about: plainMeasuredRules,
  possible: ({ rule }) => isClusterShaped(rule),
  needs: {
    cluster: ({ rule }: MeasuredRule) => activePassive(rule),
    health: ({ rule }: MeasuredRule) => rule.health,
    idle: ({ rule }: MeasuredRule) => idleMembers(rule),
  },
  check: ({ rule }, { cluster, health, idle }) => {
    const { probe } = rule;
    if (!cluster.meant || cluster.state !== 'both-up' || !probe) return undefined;
    const { facts, up } = countsOf(rule, health, idle);
    return {
      facts: { up: facts.up, port: cite(probe, 'port'), floatingIP: cite(rule, 'enableFloatingIP') },
      covers: up.map((member) => ({ member, balancingRule: rule })),
      detail: up.map(({ name }) => name),
    };
  },
  message: ({ port }, { rule }, names) =>
    `${names.join(' and ')} answer the cluster's probe port ${port} of ${rule.name} at the same time: a part of the connections reaches a passive node.`,
  fix: ({ port }, { loadBalancer }, names) => [
    notice(
      `On ${names.join(' and ')}: see what listens on port ${port} (Windows: Get-NetTCPConnection -LocalPort ${port} -State Listen; Linux: ss -ltnp sport = :${port}). Only the cluster's own resource should (ProbePort of its IP resource; azure-lb, nc or socat of Pacemaker), on the active node`,
    ),
    notice(
      `Stop what else listens there, or give the cluster and the probe another port, outside of the dynamic range and of no service`,
    ),
    checkWithTriage(loadBalancer.id),
  ],
});
