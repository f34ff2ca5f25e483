import { cite, derive } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { idleMembers, isLocalShaped } from '../../topology/active-passive.ts';
import { type MeasuredRule, plainMeasuredRules } from '../../topology/subjects.ts';

export default defineRule({
  id: 'node-without-pod',
  layer: 'symptom',
  kind: 'advice',
  severity: 'info',
  observes: 'reason-code',
  title: 'Nodes without a pod of a Service are down by design',
  why: 'With externalTrafficPolicy Local a Service is served by nodes that run a pod of it, and the others tell the probe so: they get no traffic of it, and none is lost.',
  docs: 'https://learn.microsoft.com/azure/aks/load-balancer-standard#maintain-the-clients-ip-on-inbound-connections',
  about: plainMeasuredRules,
  possible: ({ rule }) => isLocalShaped(rule),
  needs: {
    health: ({ rule }: MeasuredRule) => rule.health,
    idle: ({ rule }: MeasuredRule) => idleMembers(rule),
  },
  check: ({ rule: { probe } }, { health, idle }) => {
    const members = [...idle].flatMap(([member, why]) => (why === 'no-pod' ? [member] : []));
    if (members.length === 0 || !probe) return undefined;
    const reasons = members.flatMap((member) => {
      const found = health.members.get(member);
      return found?.reason === undefined ? [] : [cite(found, 'reason')];
    });
    return {
      facts: { without: derive(members.length, ...reasons), port: cite(probe, 'port') },
      detail: members.length,
    };
  },
  message: ({ port }, { rule }, without) =>
    `${without} of the ${rule.members.length} nodes ${without === 1 ? 'runs' : 'run'} no pod of ${rule.name} (node port ${port} answers so): with externalTrafficPolicy Local no traffic of it goes there, as is meant.`,
});
