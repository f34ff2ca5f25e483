import { derive } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { repointBalancingRule } from '../../steps/balancer.ts';
import { lookAtLoadBalancer, notice } from '../../steps/looking.ts';
import { everyBalancingRule } from '../../topology/subjects.ts';
import { citePools } from '../reference.ts';

export default defineRule({
  id: 'rule-no-pool',
  layer: 'topology',
  kind: 'fault',
  severity: 'high',
  title: 'A balancing rule has no pool',
  why: 'What arrives at its frontend and port goes to nobody.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/components',
  about: everyBalancingRule,
  check: ({ rule, loadBalancer }) => {
    if (rule.poolIds.length > 0) return undefined;
    // Of several pools only a person knows which was meant; an empty one helps nobody.
    const [pool, ...others] = loadBalancer.pools.filter(({ members }) => members.length > 0);
    return {
      facts: { pools: derive(rule.poolIds.length, ...citePools(rule)) },
      detail: { pool: others.length === 0 ? pool : undefined },
    };
  },
  message: (_, { rule }) => `${rule.name} has no pool: what arrives on port ${rule.frontendPort} goes to nobody.`,
  fix: (_, { rule, loadBalancer }, { pool }) =>
    pool === undefined
      ? [lookAtLoadBalancer(loadBalancer.id), notice(`Give ${rule.name} the pool that was meant, or delete it`)]
      : [
          notice(`See first that ${pool.name} is the pool that was meant for port ${rule.frontendPort}`),
          ...repointBalancingRule({
            loadBalancerId: loadBalancer.id,
            name: rule.name,
            toPoolId: pool.id,
            fromPoolId: null,
            keepsNewFields: loadBalancer.hasNewerFields,
          }),
        ],
});
