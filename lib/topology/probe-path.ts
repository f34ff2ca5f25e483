import type { Probe } from './model.ts';

/** What an HTTP probe asks for: a path without a slash is relative to the root (as in Microsoft's own examples). */
export function pathAsked({ requestPath = '/' }: Pick<Probe, 'requestPath'>): string {
  return requestPath.startsWith('/') ? requestPath : `/${requestPath}`;
}
