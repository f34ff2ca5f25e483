import { parseId } from '../../lib/azure/ids.ts';
import type { Wanted } from '../../lib/view/find/wanted.ts';
import { quoted } from '../../lib/words/quoted.ts';
import { targetOf } from './target.ts';
import { UsageError } from './usage-error.ts';

interface FindTargetOptions {
  readonly target: string;
  readonly resourceGroup?: string | undefined;
  readonly subscription?: string | undefined;
  readonly port?: string | undefined;
}

/** What to look for and where; the subscription of a resource id is its own. */
export function findTargetOf(options: FindTargetOptions): {
  readonly wanted: Wanted;
  readonly subscription: string | undefined;
} {
  const { resourceGroup, port } = options;
  // The same rules for -g and --subscription as everywhere.
  targetOf({ resourceGroup, subscription: options.subscription });
  const text = options.target.trim().replace(/(?<=.)\/+$/, '');
  if (text === '' || /\p{Cc}/u.test(text)) throw new UsageError('TARGET must be a name, an address or a resource id.');
  const id = text.startsWith('/') ? parseId(text) : undefined;
  if (text.startsWith('/') && !isPlace(id?.type)) {
    throw new UsageError(
      `TARGET ${quoted(text, 200)} is no id of a virtual machine, scale set, instance, network interface, public IP, load balancer or frontend.`,
    );
  }
  return {
    wanted: { text, resourceGroup, port: portOf(port) },
    subscription: id?.subscriptionId ?? options.subscription,
  };
}

const places =
  /^microsoft\.(compute\/virtualmachines|compute\/virtualmachinescalesets(\/virtualmachines(\/networkinterfaces(\/ipconfigurations)?)?)?|network\/networkinterfaces(\/ipconfigurations)?|network\/publicipaddresses|network\/loadbalancers(\/frontendipconfigurations)?)$/i;

const isPlace = (type: string | undefined): boolean => type !== undefined && places.test(type);

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535)
    throw new UsageError('--port needs a number from 1 to 65535.');
  return port;
}
