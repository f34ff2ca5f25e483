import { is } from '../azure/words.ts';
import type { Probe } from './model.ts';

/** What an HTTP probe asks for: a path without a slash is relative to the root (as in Microsoft's own examples). */
export function pathAsked({ requestPath = '/' }: Pick<Probe, 'requestPath'>): string {
  return requestPath.startsWith('/') ? requestPath : `/${requestPath}`;
}

/** The path that it is known to ask for: a TCP probe asks for none, and what an HTTP one without a path asks for nobody says. */
export function knownPath(probe: Pick<Probe, 'protocol' | 'requestPath'>): string | undefined {
  return is(probe.protocol, 'Tcp') || !probe.requestPath ? undefined : pathAsked(probe);
}

/** What an HTTP probe of this address asks for: its own address, since 127.0.0.1 also answers what listens there alone. */
export function urlAsked({ protocol, port, ...probe }: Probe, address: string): string {
  return `${protocol.toLowerCase()}://${address.includes(':') ? `[${address}]` : address}:${port}${pathAsked(probe)}`;
}
