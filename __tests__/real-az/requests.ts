import type { LoggedRequest } from '../world/stand-in.ts';

/** Actions that answer a question, and nothing else that is not a GET. */
const asking = /\/(health|effectiveNetworkSecurityGroups|effectiveRouteTable)(\?|$)/i;

export function isRead({ method, path }: LoggedRequest): boolean {
  return method === 'GET' || method === 'HEAD' || (method === 'POST' && asking.test(path));
}
