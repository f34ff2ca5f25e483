import type { Options } from 'yargs';
import { sameId, sameName } from '../../lib/azure/ids.ts';
import type { LoadBalancer, Pool } from '../../lib/topology/model.ts';
import { quoted } from '../../lib/words/quoted.ts';
import { noSuchPool } from './no-such-pool.ts';
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

function called(option: string, loadBalancer: LoadBalancer, text: string): string {
  const isIt = (pool: Pool): boolean => (text.startsWith('/') ? sameId(pool.id, text) : sameName(pool.name, text));
  const own = loadBalancer.pools.find(isIt);
  if (own === undefined) throw noSuchPool(`${option} ${quoted(text, 200)}`, loadBalancer, text);
  return own.name;
}
