import { cite, defineRule, derive } from '../../rule.ts';
import { notice } from '../../steps/looking.ts';
import { isOwnerTag } from '../../topology/owner.ts';
import { theLoadBalancer } from '../../topology/subjects.ts';

export default defineRule({
  id: 'platform-managed',
  layer: 'ownership',
  kind: 'advice',
  severity: 'info',
  title: 'A platform writes this load balancer',
  why: 'What is changed here by hand, its controller changes back. Every fix is made where the controller takes its orders from.',
  docs: 'https://learn.microsoft.com/azure/aks/load-balancer-standard',
  about: theLoadBalancer,
  check: ({ loadBalancer }) => {
    const { owner, source, tags } = loadBalancer;
    if (owner === 'user') return undefined;
    const named = Object.keys(tags).filter(isOwnerTag);
    const tagged = named.length === 0 ? [] : [cite({ source, tags: named }, 'tags')];
    return {
      facts: { owner: derive(owner, cite(loadBalancer, 'name'), cite(loadBalancer, 'resourceGroup'), ...tagged) },
      detail: owner === 'aks' ? 'AKS' : "a Kubernetes cluster's cloud controller",
    };
  },
  message: (_, { loadBalancer }, platform) =>
    `${loadBalancer.name} is written by ${platform}: change its Services, not the load balancer.`,
  fix: (_, __, platform) => [
    notice(
      `${platform} undoes what az writes here: change Services (annotations service.beta.kubernetes.io/azure-*) or node pools`,
    ),
  ],
});
