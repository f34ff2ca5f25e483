import { cite, type Fact } from '../rule.ts';
import type { BalancingRule } from '../topology/model.ts';

type Source = BalancingRule['source'];

/** What something refers to, as a fact: the id below the field that holds the reference, or that there is none. */
export function citeReference(
  thing: { readonly source: Source },
  field: string,
  id: string | undefined,
): Fact<string | undefined> {
  return cite({ source: { parent: thing.source, key: field }, id }, 'id');
}
