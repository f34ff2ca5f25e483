import { is } from '../../azure/words.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { changeBalancingRule } from '../../steps/balancer.ts';
import type { LoadBalancer } from '../../topology/model.ts';
import { plainBalancingRules } from '../../topology/subjects.ts';
import { named } from '../../words/name-order.ts';

/** Azure sends none through a Basic one, nor through an internal one with HA ports, which alone may carry All. */
function canReset({ sku, balancingRules }: LoadBalancer): boolean {
  return !is(sku, 'Basic') && !balancingRules.some(({ protocol }) => is(protocol, 'All'));
}

export default defineRule({
  id: 'tcp-reset-off',
  layer: 'advice',
  kind: 'advice',
  severity: 'low',
  title: 'Idle TCP connections are dropped without a word to either end',
  why: 'After the idle time-out the load balancer forgets a connection. Without TCP reset client and server learn it only when their next packets go unanswered, which looks like a hang; with it both can connect anew at once.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-tcp-reset',
  about: plainBalancingRules,
  // What a platform writes would be written back.
  possible: ({ rule, loadBalancer }) =>
    is(rule.protocol, 'Tcp') && loadBalancer.owner === 'user' && canReset(loadBalancer),
  check: ({ rule }) => {
    // Without a pool it has no connections, which is another finding.
    if (rule.enableTcpReset || rule.pools.length === 0) return undefined;
    return {
      facts: { reset: cite(rule, 'enableTcpReset'), minutes: cite(rule, 'idleTimeoutInMinutes') },
      detail: undefined,
    };
  },
  message: ({ minutes }, { rule }) =>
    `TCP connections of ${rule.name} that are idle for ${minutes ?? 4} minutes are dropped, and neither end is told: TCP reset is off.`,
  fix: (_, { rule: { name }, loadBalancer: { id, hasNewerFields } }) =>
    changeBalancingRule({
      loadBalancerId: id,
      name,
      to: { enableTcpReset: true },
      from: { enableTcpReset: false },
      keepsNewFields: hasNewerFields,
    }),
  together: {
    by: ({ subject }) => subject.loadBalancer.id,
    message: (all) => {
      const rules = named(all.map(({ subject }) => subject.rule.name));
      return `Idle TCP connections of ${rules} are dropped, and neither end is told: TCP reset is off.`;
    },
  },
});
