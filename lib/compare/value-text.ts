import { lastSegment } from '../azure/ids.ts';
import type { Plain, Thing } from './description.ts';

export const fullName = ({ name, alias }: Pick<Thing, 'name' | 'alias'>): string =>
  alias === undefined ? name : `${name} (${alias})`;

/** A value as people say it. */
export function valueText(value: Plain): string {
  if (value === null) return 'none';
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value.startsWith('/subscriptions/') ? lastSegment(value) : value;
  return value.length === 0 ? 'none' : value.map(valueText).join(', ');
}
