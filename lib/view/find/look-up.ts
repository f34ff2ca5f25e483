import type { Az } from '../../az/call.ts';
import { idKey, parentId, sameId } from '../../azure/ids.ts';
import { inSubscriptionsOf } from '../../collect/lists.ts';
import { type Evidence, reading } from '../../evidence/evidence.ts';
import { knownOr, open } from '../../evidence/open.ts';
import { loadBalancer } from '../../evidence/questions/load-balancer.ts';
import { publicAddress } from '../../evidence/questions/public-address.ts';
import { present } from '../../topology/gone.ts';
import type { LoadBalancer } from '../../topology/model.ts';
import { normalize } from '../../topology/normalize.ts';
import { answered, everyKind, withScaleSets } from './find.ts';
import { inventoryOf } from './inventory.ts';
import { type Resolved, resolve } from './resolve.ts';

/** What texts name in the subscription of a load balancer, with what is beside them there. */
export interface LookedUp {
  readonly evidence: Evidence;
  readonly found: readonly { readonly text: string; readonly resolved: readonly Resolved[] }[];
  /** The other load balancers in whose pools they are. */
  readonly others: readonly LoadBalancer[];
  /** SKUs of their public addresses, by id. */
  readonly publicSkus: ReadonlyMap<string, string>;
  readonly unread: readonly string[];
}

/** Machines, interfaces and scale sets that are to join a pool: asked for in the subscription's lists. */
export async function lookUp(az: Az, id: string, start: Evidence, texts: readonly string[]): Promise<LookedUp> {
  const asking = { az, isBeyondDiagnosis: true };
  const lists = inSubscriptionsOf([id], everyKind);
  let evidence = await answered(asking, start, lists);
  for (const text of texts) {
    evidence = await withScaleSets(asking, [id], evidence, { text, resourceGroup: undefined, port: undefined });
  }
  const inventory = inventoryOf(evidence, [id]);
  const found = texts.map((text) => ({ text, resolved: resolve(text, inventory, undefined) }));
  const configurations = found
    .flatMap(({ resolved }) => resolved.flatMap(({ units }) => units))
    .flatMap(({ interfaces }) => interfaces.flatMap(({ ipConfigurations }) => ipConfigurations));
  const otherIds = distinct(
    configurations
      .flatMap(({ loadBalancerBackendAddressPools: pools }) => pools.map(parentId))
      .filter((other) => !sameId(other, id)),
  );
  const addressIds = distinct(configurations.flatMap(({ publicIPId }) => publicIPId ?? []));
  const beside = [
    ...otherIds.map((other) => ({ question: loadBalancer, id: other })),
    ...addressIds.map((address) => ({ question: publicAddress, id: address })),
  ];
  evidence = await answered(asking, evidence, beside);
  const readings = [...lists, ...beside].map((ask) => reading(evidence, ask.question, ask.id));
  const unread = readings.flatMap((one) => {
    const state = open<unknown>(one);
    return 'gaps' in state ? state.gaps.map(({ because }) => because) : [];
  });
  return {
    evidence,
    found,
    others: otherIds.flatMap((other) => present(knownOr(normalize(evidence, other), undefined))?.loadBalancer ?? []),
    publicSkus: new Map(
      addressIds.flatMap((address) => {
        const sku = present(knownOr(reading(evidence, publicAddress, address), undefined))?.value.sku?.name;
        return sku === undefined ? [] : [[idKey(address), sku] as const];
      }),
    ),
    unread: [...new Set(unread)],
  };
}

const distinct = (ids: readonly string[]): readonly string[] => [...new Map(ids.map((id) => [idKey(id), id])).values()];
