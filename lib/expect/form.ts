import type { ExpectationDocument } from '../../schemas/expectation.generated.ts';
import {
  type Misfit,
  statedLoadBalancer,
  statedLoadBalancers,
} from '../../schemas/expectation-validators.generated.js';

/** What a text was read as, once it has the form of an expectation file; else what is wrong with it. */
export type Form = { readonly document: ExpectationDocument } | { readonly errors: readonly Misfit[] };

export function formOf(value: unknown): Form {
  // Told by one key, so that what is wrong is said of the form that was meant.
  const isList = typeof value === 'object' && value !== null && 'loadBalancers' in value;
  const fits = isList ? statedLoadBalancers : statedLoadBalancer;
  /** The type is generated from the schema that the validator was made of. */
  const isFitting = (one: unknown): one is ExpectationDocument => fits(one);
  return isFitting(value) ? { document: value } : { errors: fits.errors ?? [] };
}
