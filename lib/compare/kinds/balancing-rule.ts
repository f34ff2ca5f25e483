import type { DiagnosedBalancingRule } from '../../../schemas/diagnosis.generated.ts';
import type { BalancingRule } from '../../topology/model.ts';
import { type Plain, refsTo } from '../description.ts';
import { leftOut, row } from '../field.ts';
import { type Grade, harmless, helps, lost, risks, stops, type Totals, turned } from '../grade.ts';
import { type Described, defineKind } from '../kind.ts';
import { service } from '../service.ts';

interface Rule {
  readonly rule: BalancingRule;
  readonly diagnosed: DiagnosedBalancingRule | undefined;
}

function rulesIn({ loadBalancer, diagnosis }: Described): readonly Rule[] {
  const diagnosed = new Map(diagnosis.balancingRules.map((rule) => [rule.key, rule]));
  return loadBalancer.balancingRules.map((rule) => ({ rule, diagnosed: diagnosed.get(rule.name) }));
}

function healthyGrade(before: Plain, after: Plain, totals: Totals): Grade {
  if (Number(after) > Number(before)) return helps;
  if (Number(after) === 0) return stops('critical');
  // Fewer, and no more of them in trouble than before: someone scaled in.
  return totals.after - Number(after) <= totals.before - Number(before) ? risks('medium') : stops('high');
}

function nowProbedBy(before: string, after: string): string {
  if (after === 'none') return `is now without a probe, had ${before}`;
  return `now has the probe ${after}, had ${before}`;
}

export const balancingRule = defineKind<Rule>('balancingRule', {
  noun: 'balancing rule',
  gone: stops('high'),
  all: rulesIn,
  thing: ({ rule }) => {
    const { id, name, protocol, frontendPort, frontend } = rule;
    const at = `${protocol} ${frontendPort}`;
    const on = `on ${frontend?.kind ?? ''} ${frontend?.privateIPAddressVersion ?? 'IPv4'}`;
    const roles = [`${service(rule)} ${on}`, `${at} ${on}`.toLowerCase(), at.toLowerCase()];
    return { name, ids: [id], detail: at, roles };
  },
  fields: {
    protocol: row('protocol', stops('high'), ({ rule }) => rule.protocol),
    frontend: row('frontend', stops('high'), ({ rule }) => refsTo('frontend', rule.frontendId), {
      now: (before, after) => `now listens on ${after}, listened on ${before}`,
    }),
    frontendPort: row('frontend port', stops('high'), ({ rule }) => rule.frontendPort, {
      now: (before, after) => `now listens on port ${after}, listened on ${before}`,
    }),
    backendPort: row('backend port', risks('high'), ({ rule }) => rule.backendPort, {
      now: (before, after) => `now sends to port ${after}, sent to ${before}`,
    }),
    pools: row('pool', lost(stops('critical'), helps, risks('high')), ({ rule }) => refsTo('pool', ...rule.poolIds), {
      now: (before, after) =>
        after === 'none' ? `is now without a pool, had ${before}` : `now sends to ${after}, sent to ${before}`,
    }),
    probe: row('probe', lost(risks('high'), helps, risks('medium')), ({ rule }) => refsTo('probe', rule.probeId), {
      now: nowProbedBy,
    }),
    healthy: row(
      'healthy members',
      healthyGrade,
      ({ rule, diagnosed }) => {
        if (!rule.measured || diagnosed === undefined) return leftOut;
        return rule.health.map(() => diagnosed.members.up);
      },
      {
        now: (before, after, { totals }) =>
          `: healthy members went from ${before} of ${totals.before} to ${after} of ${totals.after}`,
      },
    ),
    // Who joined and left says it.
    total: row('members', harmless, ({ diagnosed }) => diagnosed?.members.total, { onlyIn: [] }),
    stickiness: row('distribution', risks('medium'), ({ rule }) => rule.loadDistribution ?? 'Default'),
    idleTimeout: row('idle time-out in minutes', risks('low'), ({ rule }) => rule.idleTimeoutInMinutes ?? 4),
    floatingIP: row('floating IP', risks('high'), ({ rule }) => rule.enableFloatingIP ?? false),
    tcpReset: row('TCP reset', risks('low'), ({ rule }) => rule.enableTcpReset ?? false),
    outboundSnat: row(
      'outbound connections through it',
      turned(harmless, risks('medium')),
      ({ rule }) => !(rule.disableOutboundSnat ?? false),
    ),
  },
});
