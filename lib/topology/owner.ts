import type { Owner } from './model.ts';

const aksTag = /^aks-managed-/i;
const kubernetesTag = /^(k8s-azure-|kubernetes\.io)/i;

/** Whether a tag of this name is put on by AKS or another Kubernetes cloud. */
export function isOwnerTag(name: string): boolean {
  return aksTag.test(name) || kubernetesTag.test(name);
}

/**
 * Who writes this load balancer. AKS and other Kubernetes clouds name theirs `kubernetes` and `kubernetes-internal`,
 * keep them in a node resource group (`MC_…` by default) and tag them; what is edited there by hand is written back.
 */
export function ownerOf(name: string, resourceGroup: string, tags: Readonly<Record<string, string>>): Owner {
  const keys = Object.keys(tags);
  if (keys.some((key) => aksTag.test(key))) return 'aks';
  const named = /^kubernetes(-internal)?$/i.test(name);
  const tagged = keys.some((key) => kubernetesTag.test(key));
  if (/^mc_/i.test(resourceGroup) && (named || tagged)) return 'aks';
  return named || tagged ? 'kubernetes' : 'user';
}
