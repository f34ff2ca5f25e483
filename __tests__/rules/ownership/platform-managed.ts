import { fault, managedBy } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const inGroupOf = (manager: string) => change(healthyWorld(), managedBy('shop-rg', manager));

export default {
  fires: [
    {
      when: 'AKS has tagged it',
      world: () => healthyWorld({ tags: { 'aks-managed-cluster-name': 'shop' } }),
      on: '/loadBalancers/web-lb',
      severity: 'info',
      kind: 'advice',
      affects: [],
      says: 'web-lb is written by AKS',
      cites: '.tags',
      types: 'AKS undoes what az writes here',
    },
    {
      when: "another cluster's controller has tagged it",
      world: () => healthyWorld({ tags: { 'k8s-azure-service': 'default/web' } }),
      says: "web-lb is written by a Kubernetes cluster's cloud controller",
    },
    {
      when: 'a managed cluster manages its group, whatever it is called',
      world: () => inGroupOf('Microsoft.ContainerService/managedClusters/shop'),
      says: 'web-lb is written by AKS (shop): change its Services',
      cites: '$.managedBy',
      data: { owner: 'aks' },
    },
    {
      when: 'its group is spelled by ARM in lower case',
      world: () => inGroupOf('microsoft.redhatopenshift/openshiftclusters/shop'),
      says: 'Azure Red Hat OpenShift (shop)',
      data: { owner: 'aro' },
    },
    {
      when: 'a managed application manages its group',
      world: () => inGroupOf('Microsoft.Solutions/applications/firewall'),
      says: 'a managed application (firewall): change it there',
      types: 'ask its publisher',
      data: { owner: 'managed-application' },
    },
    {
      when: 'a service that we know nothing of manages its group',
      world: () => inGroupOf('Microsoft.Databricks/workspaces/lake'),
      says: 'lake (Microsoft.Databricks/workspaces)',
      data: { owner: 'platform' },
    },
    {
      when: 'its tags say AKS and its group is denied',
      world: () =>
        change(
          healthyWorld({ tags: { 'aks-managed-cluster-name': 'shop' } }),
          fault({ on: /GET .*resourcegroups\/shop-rg\?/, kind: 'denied' }),
        ),
      data: { owner: 'aks' },
    },
  ],
  silent: [
    {
      when: 'people have tagged it',
      world: () => healthyWorld({ tags: { owner: 'kubernetes.io', 'not-aks-managed-': 'x' } }),
    },
    {
      when: 'nothing manages its group',
      world: () => healthyWorld(),
    },
    {
      when: 'its group is denied, and nothing else says platform',
      world: () => change(healthyWorld(), fault({ on: /GET .*resourcegroups\/shop-rg\?/, kind: 'denied' })),
    },
  ],
} satisfies RuleWorlds;
