import { cite, defineRule, derive } from '../../rule.ts';
import { checkWithTriage, lookAtInterfaces, lookAtNodes, lookAtScaleSets, notice } from '../../steps/looking.ts';
import { isCluster } from '../../topology/owner.ts';
import { servingPools } from '../../topology/subjects.ts';
import { inOrder } from '../../words/name-order.ts';

export default defineRule({
  id: 'pool-empty-serving',
  layer: 'topology',
  kind: 'fault',
  severity: 'critical',
  title: 'A pool that serves traffic has no member',
  why: 'A balancing rule sends its traffic to this pool, and nobody is in it: every new connection is dropped, and there is no health to tell of.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/backend-pool-management',
  about: servingPools,
  check: ({ pool }) => {
    if (pool.members.length > 0) return undefined;
    // A Gateway load balancer's balancing rule may have two pools: with the other one it still serves.
    const stranded = pool.balancingRules.filter(({ members }) => members.length === 0);
    return {
      ...(stranded.length > 0
        ? { covers: stranded.map((balancingRule) => ({ balancingRule })) }
        : { kind: 'risk', severity: 'medium' }),
      facts: {
        members: derive(0, cite(pool, 'loadBalancerBackendAddresses'), cite(pool, 'backendIPConfigurations')),
        balancingRules: derive(
          pool.balancingRules.map(({ name }) => name),
          ...pool.balancingRules.map((balancingRule) => cite(balancingRule, 'name')),
        ),
      },
      detail: undefined,
    };
  },
  message: ({ balancingRules }, { pool, loadBalancer: { owner } }) =>
    `${pool.name} is empty, and ${inOrder(balancingRules).join(', ')} ${balancingRules.length === 1 ? 'sends its' : 'send their'} traffic there.${!isCluster(owner) ? '' : ' The cluster puts its nodes into it: it is empty while there are none.'}`,
  fix: (_, { pool, loadBalancer }) =>
    !isCluster(loadBalancer.owner)
      ? [
          lookAtScaleSets(loadBalancer.id),
          lookAtInterfaces(loadBalancer.id),
          // Who belongs in it, nobody but its owner knows.
          notice(
            `Put those that belong into ${pool.name}: a machine by az network nic ip-config address-pool add, a Uniform scale set in its model (az vmss update, then update-instances), an address by az network lb address-pool address add`,
          ),
          checkWithTriage(loadBalancer.id),
        ]
      : [lookAtNodes(), checkWithTriage(loadBalancer.id)],
});
