import { cite, type Fact } from '../evidence/fact.ts';
import type { BalancingRule, LoadBalancer, ScaleSet } from '../topology/model.ts';

type Source = BalancingRule['source'];

/** What something refers to: the id below the field that holds the reference, or that there is none. */
export function citeReference(
  thing: { readonly source: Source },
  field: string,
  id: string | undefined,
): Fact<string | undefined> {
  return cite({ source: { parent: thing.source, key: field }, id }, 'id');
}

/** A balancing rule's pools stand in two fields: in one, in both, or in none. */
export function citePools({ source, poolIds }: BalancingRule): readonly Fact<unknown>[] {
  return [
    citeReference({ source }, 'backendAddressPool', undefined),
    cite({ source, backendAddressPools: poolIds }, 'backendAddressPools'),
  ];
}

export function citeSku({ source, sku }: LoadBalancer): Fact<string> {
  return cite({ source: { parent: source, key: 'sku' }, name: sku }, 'name');
}

/** The probe by which a scale set judges its instances. */
export function citeHealthProbe({ source, healthProbeId }: ScaleSet): Fact<string | undefined> {
  const profile: Source = { parent: { parent: source, key: 'virtualMachineProfile' }, key: 'networkProfile' };
  return citeReference({ source: profile }, 'healthProbe', healthProbeId);
}
