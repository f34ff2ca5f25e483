import type { Diagnoses } from '../../schemas/diagnoses.generated.ts';
import type { Target } from './target.ts';

/** Of what a report of several is, where the target names it: else it is told by the ids of what was found. */
export function scopeOf(target: Target, found: readonly string[]): Diagnoses['scope'] {
  if (target.kind === 'id') return { subscription: null, resourceGroup: null, ids: [target.id] };
  if (target.kind === 'ids') return { subscription: null, resourceGroup: null, ids: target.ids };
  if (target.kind === 'named') return { subscription: null, resourceGroup: null, ids: found.slice(0, 1) };
  return {
    subscription: target.subscription ?? found[0]?.split('/')[2] ?? null,
    resourceGroup: target.resourceGroup ?? null,
    ids: [],
  };
}
