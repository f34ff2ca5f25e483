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
