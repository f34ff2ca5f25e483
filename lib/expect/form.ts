import { Ajv, type ErrorObject } from 'ajv';
import type { ExpectationDocument } from '../../schemas/expectation.generated.ts';
import schema from '../../schemas/expectation.schema.json' with { type: 'json' };

/** What a text was read as, once it has the form of an expectation file; else what is wrong with it. */
export type Form = { readonly document: ExpectationDocument } | { readonly errors: readonly ErrorObject[] };

export function formOf(value: unknown): Form {
  const ajv = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true });
  ajv.addSchema(schema, 'expectation');
  // Told by one key, so that what is wrong is said of the form that was meant.
  const isList = typeof value === 'object' && value !== null && 'loadBalancers' in value;
  const name = isList ? 'statedLoadBalancers' : 'statedLoadBalancer';
  const fits = ajv.getSchema(`expectation#/definitions/${name}`);
  if (fits === undefined) throw new Error(`expectation.schema.json does not define ${name}.`);
  /** The type is generated from the schema that the validator was made of. */
  const isFitting = (one: unknown): one is ExpectationDocument => fits(one) === true;
  return isFitting(value) ? { document: value } : { errors: fits.errors ?? [] };
}
