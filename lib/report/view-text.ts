import type { LoadBalancers } from '../../schemas/load-balancers.generated.ts';
import type { NotRead } from '../../schemas/tree.generated.ts';
import { clean, cleanAll } from './clean.ts';
import { wrap } from './layout.ts';
import { whereOf } from './none-sentence.ts';
import { paint } from './paint.ts';
import { callsLine } from './text-calls.ts';
import { shortReason } from './text-gaps.ts';
import type { TextOptions, TextStyle } from './text-style.ts';

/** What every view has, whatever it shows of its load balancers. */
type View<T> = Omit<LoadBalancers, 'loadBalancers'> & { readonly loadBalancers: readonly T[] };

/** A view as text: a part for each load balancer, then what could not be read, and what asking took. */
export function viewText<T>(
  raw: View<T>,
  options: TextOptions,
  lines: (shown: View<T>, style: TextStyle) => readonly (readonly string[])[],
): string {
  const view = cleanAll(raw);
  const style = { ...options, paint: paint(options.colour) };
  const unread = view.unread.flatMap(({ id, because }) =>
    wrap(`? ${id}: ${options.verbose ? because : shortReason(because)}`, style.width, '  ', '    '),
  );
  const parts = [
    ...lines(view, style),
    unread.length === 0 ? [] : [style.paint.bold('NOT READ'), ...unread],
    [style.paint.dim(callsLine({ ...view, az: null }))],
  ];
  return textOf(parts);
}

/** Parts with an empty line between. */
export const textOf = (parts: readonly (readonly string[])[]): string =>
  `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n')}\n`;

/** Name and place of the load balancer that is shown. */
export function headLine(
  { name, resourceGroup, sku, tier, owner }: HeadParts,
  { paint: { bold, dim } }: TextStyle,
): string {
  const kind = [sku, tier === 'Regional' ? null : tier].filter((part) => part !== null).join(' ');
  const where = [`group ${resourceGroup}`, kind, owner === 'user' ? '' : `owned by ${owner}`];
  return `${bold(name)}  ${dim(where.filter((part) => part !== '').join(', '))}`;
}

interface HeadParts {
  readonly name: string;
  readonly resourceGroup: string;
  readonly sku: string | null;
  readonly tier: string | null;
  readonly owner: string;
}

export const notReadLines = (notRead: readonly NotRead[], style: TextStyle): readonly string[] =>
  notRead.flatMap(({ because }) =>
    wrap(`? Not read: ${style.verbose ? because : shortReason(because)}`, style.width, '  ', '    '),
  );

/** Says that there is no load balancer to show; undefined where there is one. */
export const noneToShow = ({ loadBalancers, unread, scope }: View<unknown>): string | undefined =>
  loadBalancers.length + unread.length > 0
    ? undefined
    : `There is no load balancer ${clean(whereOf(scope))}. Name another with -g or --subscription.`;
