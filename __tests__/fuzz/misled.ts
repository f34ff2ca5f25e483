import type { Call } from '../../lib/az/call.ts';
import { exchange } from '../../lib/az/verbose.ts';

/** What else may come of an action that was accepted. */
export interface Misleading {
  readonly name: string;
  readonly made: Call;
}

const year = 31_536_000;

/** Where the Location of a result may lead, and what may be missing of it; nothing for a call that has none. */
export function misleadings(call: Call, calls: readonly Call[]): readonly Misleading[] {
  const { location } = exchange(call.stderr);
  if (location === undefined || !call.argv.includes('--method=post')) return [];
  const { host, pathname } = new URL(location);
  const [, subscriptions, subscription] = pathname.split('/');
  const at = (made: string): string => call.stderr.replaceAll(location, made);
  const without = (pattern: RegExp): string => call.stderr.replaceAll(pattern, '');
  const waiting = (after: string): string => call.stderr.replace(/('Retry-After': )'[^']*'/, `$1'${after}'`);
  const result = calls.find(({ argv, stdout }) => argv.includes(`--url=${location}`) && stdout.trim() !== '');
  const stderrs: Readonly<Record<string, string>> = {
    'no Location': without(/^INFO: +'Location': .*\n/gm),
    'no headers': without(/^INFO: Response headers:\n/gm),
    'no word': '',
    'no word of what was asked': without(/^INFO: Request URL: .*\n/gm),
    'a Location elsewhere': at(location.replace(host, 'management.shop.example')),
    'a Location on a host that begins alike': at(location.replace(host, `${host}.shop.example`)),
    'a Location on a host behind a name': at(location.replace(host, `${host}@shop.example`)),
    'a Location on another port': at(location.replace(host, `${host}:8443`)),
    'a Location without TLS': at(location.replace('https:', 'http:')),
    'a Location without a host': at(pathname),
    'a Location that is empty': at(''),
    'a Location that is an option': at('--body=@/etc/passwd'),
    'a Location that is a file': at('file:///etc/passwd'),
    'a Location of something else': at(
      `https://${host}/${subscriptions}/${subscription}/resourceGroups/shop-rg?api-version=2024-05-01`,
    ),
    'a Location of nothing': at(location.replace(/operationResults.*/, 'operationResults/none')),
    'a Location without end': at(`${location}${'#'.repeat(50_000)}`),
    'a wait of a year': waiting(String(year)),
    'a wait until a year is over': waiting(new Date(Date.now() + year * 1000).toUTCString()),
    'a wait of less than nothing': waiting('-5'),
    'a wait that is no time': waiting('soon'),
  };
  return [
    ...Object.entries(stderrs).map(([name, stderr]) => ({ name, made: { ...call, stderr } })),
    ...(result ? [{ name: 'the result at once', made: { ...call, stdout: result.stdout } }] : []),
  ];
}
