import { cite, derive } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { notice } from '../../steps/looking.ts';
import { isThere } from '../../topology/gone.ts';
import { isCluster, isOwnerTag, platformOf } from '../../topology/owner.ts';
import { type Subject, theLoadBalancer } from '../../topology/subjects.ts';

export default defineRule({
  id: 'platform-managed',
  layer: 'ownership',
  kind: 'advice',
  severity: 'info',
  title: 'A platform writes this load balancer',
  why: 'What is changed here by hand, its controller changes back. Every fix is made where the controller takes its orders from.',
  docs: 'https://learn.microsoft.com/azure/aks/load-balancer-standard',
  about: theLoadBalancer,
  // Asked of every load balancer: no name tells a platform that makes a group of its own.
  wants: { group: ({ loadBalancer }: Subject) => loadBalancer.group },
  check: ({ loadBalancer }, _, { group }) => {
    const { owner, source, tags } = loadBalancer;
    if (owner === 'user') return undefined;
    const named = Object.keys(tags).filter(isOwnerTag);
    const tagged = named.length === 0 ? [] : [cite({ source, tags: named }, 'tags')];
    const managed = !isThere(group) || group.managedBy === undefined ? [] : [cite(group, 'managedBy')];
    return {
      facts: {
        owner: derive(owner, ...managed, cite(loadBalancer, 'name'), cite(loadBalancer, 'resourceGroup'), ...tagged),
      },
      detail: platformOf(loadBalancer),
    };
  },
  message: (_, { loadBalancer }, platform) =>
    `${loadBalancer.name} is written by ${platform}: change ${isCluster(loadBalancer.owner) ? 'its Services' : 'it there'}, not the load balancer.`,
  fix: (_, { loadBalancer }, platform) => [
    notice(
      isCluster(loadBalancer.owner)
        ? `${platform} undoes what az writes here: change Services (annotations service.beta.kubernetes.io/azure-*) or node pools`
        : `${platform} may undo what az writes here, or Azure refuses it: ask its publisher or change it there`,
    ),
  ],
});
