import type { Diagnoses } from '../../schemas/diagnoses.generated.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { clean } from './clean.ts';

/** Says that there was nothing to look at; undefined where there was. */
export function noneSentence(value: Diagnosis | Diagnoses): string | undefined {
  if (!('loadBalancers' in value) || value.loadBalancers.length + value.notAsked.length > 0) return undefined;
  return `There is no load balancer ${clean(whereOf(value.scope))}. Name another with -g or --subscription.`;
}

/** Where load balancers were looked for, as the end of a sentence. */
export function whereOf({ ids, resourceGroup, subscription }: Diagnoses['scope']): string {
  if (ids.length > 0) return 'named by id';
  const where = subscription === null ? 'the active subscription' : `subscription ${subscription}`;
  return resourceGroup === null ? `in ${where}` : `in group ${resourceGroup}, ${where}`;
}
