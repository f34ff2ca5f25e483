import type { Target } from '../../lib/collect/target.ts';
import type { Masks } from '../../lib/masking/mask.ts';

/** The target as a masked az knows it. */
export function maskedTarget(target: Target, masking: Masks | undefined): Target {
  if (masking === undefined) return target;
  if (target.kind === 'id') return { ...target, id: masking.id(target.id) };
  if (target.kind === 'ids') return { ...target, ids: target.ids.map(masking.id) };
  const scope = {
    resourceGroup: target.resourceGroup && masking.name(target.resourceGroup, 'group'),
    subscription: target.subscription && masking.subscription(target.subscription),
  };
  return target.kind === 'scope'
    ? { ...target, ...scope }
    : { ...target, name: masking.name(target.name, 'lb'), ...scope };
}

/** What a text that names something reads as. */
export const maskedText =
  (masking: Masks | undefined) =>
  (text: string): string => {
    if (masking === undefined) return text;
    return text.startsWith('/') ? masking.id(text) : masking.text(text);
  };
