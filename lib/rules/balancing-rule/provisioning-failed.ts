import { is } from '../../azure/words.ts';
import { cite, derive } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { writeBack } from '../../steps/balancer.ts';
import { lookAtLoadBalancer } from '../../steps/looking.ts';
import type { BalancingRule, Pool, Probe } from '../../topology/model.ts';
import { type Cover, theLoadBalancer } from '../../topology/subjects.ts';
import { inOrder } from '../../words/name-order.ts';

interface Provisioned {
  readonly provisioningState: string | undefined;
}

function coversOf(part: Pool | Probe | BalancingRule): readonly Cover[] {
  const rules = 'balancingRules' in part ? part.balancingRules : [part];
  return rules.map((balancingRule) => ({ balancingRule }));
}

function hasFailed({ provisioningState }: Provisioned): boolean {
  return is(provisioningState, 'Failed');
}

export default defineRule({
  id: 'provisioning-failed',
  layer: 'control-plane',
  // The data plane goes on with the last configuration that worked.
  kind: 'risk',
  severity: 'high',
  title: 'The last change of the load balancer failed',
  why: 'What az prints may not be what runs: the load balancer works by the last configuration that was applied, and may refuse further changes.',
  docs: 'https://learn.microsoft.com/azure/networking/troubleshoot-failed-state',
  about: theLoadBalancer,
  check: ({ loadBalancer }) => {
    const { pools, probes, balancingRules } = loadBalancer;
    const parts = [...pools, ...probes, ...balancingRules].filter(hasFailed);
    const whole = hasFailed(loadBalancer) ? [loadBalancer] : [];
    const names = [...whole, ...parts].map(({ name }) => name);
    if (names.length === 0) return undefined;
    const states = [...whole, ...parts].map((part) => cite(part, 'provisioningState'));
    return {
      facts: { failed: derive(names, ...states) },
      // A part that failed alone concerns its own balancing rules.
      ...(whole.length > 0 ? {} : { covers: parts.flatMap(coversOf) }),
      detail: undefined,
    };
  },
  message: ({ failed }, { loadBalancer }) =>
    `The last change of ${loadBalancer.name} failed (provisioning state Failed of ${inOrder(failed).join(', ')}): what is printed may not be what runs.`,
  fix: (_, { loadBalancer }) => [lookAtLoadBalancer(loadBalancer.id), ...writeBack(loadBalancer.id)],
});
