import { parseId } from '../azure/ids.ts';
import type { LoadBalancer, Owner } from './model.ts';

const aksTag = /^aks-managed-/i;
const kubernetesTag = /^(k8s-azure-|kubernetes\.io)/i;

/** Whether a tag of this name is put on by AKS or another Kubernetes cloud. */
export function isOwnerTag(name: string): boolean {
  return aksTag.test(name) || kubernetesTag.test(name);
}

/** What manages a resource group, by its type. Every platform that makes groups of its own names itself there. */
const managers: Readonly<Record<string, Owner>> = {
  'microsoft.containerservice/managedclusters': 'aks',
  'microsoft.redhatopenshift/openshiftclusters': 'aro',
  'microsoft.solutions/applications': 'managed-application',
};

function ownerOfGroup(managedBy: string): Owner {
  return managers[parseId(managedBy)?.type.toLowerCase() ?? ''] ?? 'platform';
}

/**
 * Who writes this load balancer: what manages its group, where Azure names that. Else by the names and tags of AKS and
 * other Kubernetes clouds, who call theirs `kubernetes` and `kubernetes-internal` and keep them in a node resource group
 * (`MC_…` by default). What is edited there by hand is written back.
 */
export function ownerOf(
  name: string,
  resourceGroup: string,
  tags: Readonly<Record<string, string>>,
  managedBy?: string,
): Owner {
  if (managedBy !== undefined) return ownerOfGroup(managedBy);
  const keys = Object.keys(tags);
  if (keys.some((key) => aksTag.test(key))) return 'aks';
  const named = /^kubernetes(-internal)?$/i.test(name);
  const tagged = keys.some((key) => kubernetesTag.test(key));
  if (/^mc_/i.test(resourceGroup) && (named || tagged)) return 'aks';
  return named || tagged ? 'kubernetes' : 'user';
}

/** Whether a Kubernetes cluster writes it: Services are its balancing rules, nodes its members. */
export function isCluster(owner: Owner): boolean {
  return owner === 'aks' || owner === 'kubernetes' || owner === 'aro';
}

const platforms: Readonly<Record<Exclude<Owner, 'user'>, string>> = {
  aks: 'AKS',
  kubernetes: "a Kubernetes cluster's cloud controller",
  aro: 'Azure Red Hat OpenShift',
  'managed-application': 'a managed application',
  platform: 'a platform of its own',
};

/** An owner in words, with its name where that is known: `AKS (cluster shop)`. */
export function platformOf({ owner, managedBy }: Pick<LoadBalancer, 'owner' | 'managedBy'>): string {
  if (owner === 'user') return 'its user';
  const manager = managedBy === undefined ? undefined : parseId(managedBy);
  if (manager === undefined) return platforms[owner];
  if (owner === 'platform') return `${manager.name} (${manager.type})`;
  return `${platforms[owner]} (${manager.name})`;
}
