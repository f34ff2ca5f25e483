import type { Reversible } from './change.ts';
import { nameOf, nameOptions, option } from './where.ts';

export function setProxyProtocol(serviceId: string, to: boolean): Reversible {
  const argv = (on: boolean) => [
    ...['network', 'private-link-service', 'update', ...nameOptions(serviceId)],
    option('enable-proxy-protocol', String(on)),
  ];
  const title = (on: boolean) => `Turn PROXY protocol ${on ? 'on' : 'off'} on ${nameOf(serviceId)}`;
  return {
    title: title(to),
    argv: argv(to),
    disruptive: 'Flows that come through it break where their server expects the other.',
    undo: { title: `${title(!to)} again`, argv: argv(!to), disruptive: 'The same.' },
  };
}
