import { healthyWorld } from '../../world/healthy.ts';
import type { RuleWorlds } from '../worlds.ts';

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
  ],
  silent: [
    {
      when: 'people have tagged it',
      world: () => healthyWorld({ tags: { owner: 'kubernetes.io', 'not-aks-managed-': 'x' } }),
    },
  ],
} satisfies RuleWorlds;
