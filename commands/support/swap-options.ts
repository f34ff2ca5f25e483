import type { Options } from 'yargs';
import { lastSegment, sameId, sameName } from '../../lib/azure/ids.ts';
import { nearestOf } from '../../lib/nearest.ts';
import type { LoadBalancer } from '../../lib/topology/model.ts';
import { quoted } from '../../lib/words/quoted.ts';
import { UsageError } from './usage-error.ts';

const pool = { type: 'string', demandOption: true, requiresArg: true, group: 'What to look at:' } as const;

export const swapOptions = {
  from: { ...pool, describe: 'Pool that has the traffic now (blue): name or id' },
  to: { ...pool, describe: 'Pool that is to have it (green): name or id' },
  'min-healthy': {
    type: 'string',
    requiresArg: true,
    group: 'What it should be:',
    describe:
      'So many of --to must be up before it gets traffic; when left out what the expectation file says, else as many as --from has up',
  },
} as const satisfies Readonly<Record<string, Options>>;

export function leastHealthy(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new UsageError('--min-healthy needs a whole number above 0.');
  return Number(text);
}

/** By the names that they have, in their own case. */
export function poolsSwapped(
  loadBalancer: LoadBalancer,
  from: string,
  to: string,
): { readonly from: string; readonly to: string } {
  const swapped = { from: called('--from', loadBalancer, from), to: called('--to', loadBalancer, to) };
  if (swapped.from === swapped.to) throw new UsageError(`--from and --to are both ${quoted(swapped.from)}.`);
  return swapped;
}

function called(option: string, { name, pools }: LoadBalancer, text: string): string {
  const own = pools.find((one) => (text.startsWith('/') ? sameId(one.id, text) : sameName(one.name, text)));
  if (own !== undefined) return own.name;
  const names = pools.map((one) => one.name);
  const meant = nearestOf(lastSegment(text), names);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  const there = names.length === 0 ? 'It has no pool at all.' : `It has ${names.join(', ')}.`;
  throw new UsageError(`${option} ${quoted(text, 200)}: ${name} has no such pool.${hint} ${there}`);
}
