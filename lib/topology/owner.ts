import type { Owner } from './model.ts';

/**
 * Who writes this load balancer. AKS and other Kubernetes clouds name theirs `kubernetes` and `kubernetes-internal`,
 * keep them in a node resource group (`MC_…` by default) and tag them; what is edited there by hand is written back.
 */
export function ownerOf(name: string, resourceGroup: string, tags: Readonly<Record<string, string>>): Owner {
  const keys = Object.keys(tags).map((key) => key.toLowerCase());
  if (keys.some((key) => key.startsWith('aks-managed-'))) return 'aks';
  const named = /^kubernetes(-internal)?$/i.test(name);
  const tagged = keys.some((key) => key.startsWith('k8s-azure-') || key.startsWith('kubernetes.io'));
  if (/^mc_/i.test(resourceGroup) && (named || tagged)) return 'aks';
  return named || tagged ? 'kubernetes' : 'user';
}
