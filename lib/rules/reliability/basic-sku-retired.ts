import { is } from '../../azure/words.ts';
import { defineRule } from '../../rule.ts';
import { notice } from '../../steps/looking.ts';
import type { LoadBalancer } from '../../topology/model.ts';
import { isCluster, platformOf } from '../../topology/owner.ts';
import { theLoadBalancer } from '../../topology/subjects.ts';
import { citeSku } from '../reference.ts';

/** Cloud Services (extended support) still deploy Basic load balancers, which the retirement exempts. */
function isCloudService({ pools }: LoadBalancer): boolean {
  const members = pools.flatMap((pool) => pool.members);
  return members.some(({ nicId = '' }) => /\/providers\/Microsoft\.Compute\/cloudServices\//i.test(nicId));
}

export default defineRule({
  id: 'basic-sku-retired',
  layer: 'advice',
  kind: 'risk',
  severity: 'high',
  title: 'A Basic load balancer is retired',
  why: 'Since 2025-09-30 Basic load balancers are out of support: they still run, with no service level, no metrics and no HTTPS probes.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-basic-upgrade-guidance',
  about: theLoadBalancer,
  check: ({ loadBalancer }) => {
    if (!is(loadBalancer.sku, 'Basic') || isCloudService(loadBalancer)) return undefined;
    return { facts: { sku: citeSku(loadBalancer) }, detail: undefined };
  },
  message: (_, { loadBalancer }) =>
    `${loadBalancer.name} is a Basic load balancer, retired on 2025-09-30: it runs unsupported.`,
  fix: (_, { loadBalancer }) => [
    notice(
      // The module breaks a cluster, which writes its load balancer itself.
      isCluster(loadBalancer.owner)
        ? `Let ${platformOf(loadBalancer)} move to a Standard load balancer when an outage is bearable${loadBalancer.owner === 'aks' ? ': az aks update --load-balancer-sku Standard' : ''}; never upgrade it by hand`
        : `Plan its upgrade with Microsoft's PowerShell module AzureBasicLoadBalancerUpgrade, when an outage is bearable: it is one-way. First: Start-AzBasicLoadBalancerUpgrade -ResourceGroupName ${loadBalancer.resourceGroup} -BasicLoadBalancerName ${loadBalancer.name} -validateScenarioOnly`,
    ),
  ],
});
