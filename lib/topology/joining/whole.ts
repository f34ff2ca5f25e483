import type { LoadBalancerAnswer } from '../../../schemas/az/load-balancer.generated.ts';
import { idKey } from '../../azure/ids.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { Source } from '../../evidence/source.ts';
import type { BalancingRule } from '../model.ts';
import { SharedParts } from '../shared-parts.ts';

export type Items<K extends keyof LoadBalancerAnswer> = NonNullable<LoadBalancerAnswer[K]>;
export type Item<K extends keyof LoadBalancerAnswer> = Items<K> extends readonly (infer T)[] ? T : never;

/** What the parts of one load balancer are made of. */
export class Whole {
  readonly shared: SharedParts;
  readonly #rules = new Map<string, BalancingRule[]>();

  constructor(
    readonly value: LoadBalancerAnswer,
    readonly source: Source,
    readonly evidence: Evidence,
  ) {
    this.shared = new SharedParts(evidence);
  }

  /** Where the answer has the part that is at `index` of a list. */
  at(key: keyof LoadBalancerAnswer, index: number): Source {
    return { parent: this.source, key, index };
  }

  /** Rules, pools and probes point at one another: a pool's or probe's list of its rules is filled as these are made. */
  rulesAt(id: string): BalancingRule[] {
    const list = this.#rules.get(idKey(id)) ?? [];
    this.#rules.set(idKey(id), list);
    return list;
  }
}

export function byId<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [idKey(item.id), item]));
}
