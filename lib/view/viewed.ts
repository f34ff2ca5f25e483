import type { DiagnosedLoadBalancer } from '../../schemas/diagnosis.generated.ts';
import type { LoadBalancers } from '../../schemas/load-balancers.generated.ts';
import type { LoadBalancer } from '../topology/model.ts';
import { version } from '../version.ts';
import type { Survey } from './survey.ts';

/** What every view says of itself. */
export type Viewed = Omit<LoadBalancers, 'loadBalancers'> & { readonly loadBalancers: readonly unknown[] };

export function viewed<T>(
  { collectedAt, scope, unread, calls }: Survey,
  loadBalancers: readonly T[],
): Omit<Viewed, 'loadBalancers'> & { readonly loadBalancers: readonly T[] } {
  return { schemaVersion: 1, azlb: version, collectedAt, scope, loadBalancers, unread, calls };
}

export function headOf(loadBalancer: LoadBalancer): DiagnosedLoadBalancer {
  const { id, name, resourceGroup, subscriptionId, location, sku, tier, owner } = loadBalancer;
  return { id, name, resourceGroup, subscriptionId, location, sku, tier, owner };
}
