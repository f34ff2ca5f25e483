import type { Step } from '../steps/step.ts';
import type { Owner } from '../topology/model.ts';

/** Az commands that write to what the owner's controller writes as well: it would put its own values back. */
function isLoadBalancerWrite({ kind, argv }: Step): boolean {
  return (
    (kind === 'change' || kind === 'undo') &&
    argv[0] === 'az' &&
    /^(network (lb|nic|nsg)|vmss) /.test(argv.slice(1, 4).join(' '))
  );
}

/** A fix as the load balancer's owner must make it: what Kubernetes writes is changed through Kubernetes. */
export function ownersFix(owner: Owner, steps: readonly Step[]): readonly Step[] {
  if (owner === 'user' || !steps.some(isLoadBalancerWrite)) return steps;
  const platform = owner === 'aks' ? 'AKS' : "the cluster's cloud controller";
  return [
    ...steps.filter(({ kind }) => kind === 'look'),
    {
      kind: 'look',
      title: `${platform} writes this load balancer: find the Service behind it`,
      argv: ['kubectl', 'get', 'services', '--all-namespaces', '--field-selector=spec.type=LoadBalancer'],
      disruptive: null,
    },
    {
      kind: 'change',
      title: `Change it on that Service (annotations service.beta.kubernetes.io/azure-*); ${platform} undoes what az writes here`,
      argv: [],
      disruptive: null,
    },
    ...steps.filter(({ kind }) => kind === 'check'),
  ];
}
