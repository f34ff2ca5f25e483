import { lastSegment } from '../azure/ids.ts';
import type { Kind, Plain, Thing } from './description.ts';
import type { Pair } from './pair.ts';

export const nouns = {
  loadBalancer: 'load balancer',
  frontend: 'frontend',
  pool: 'pool',
  probe: 'probe',
  balancingRule: 'balancing rule',
  member: 'member',
  scaleSet: 'scale set',
  securityGroup: 'security group',
  securityRule: 'security rule',
  natRule: 'NAT rule',
  natPool: 'NAT pool',
  outboundRule: 'outbound rule',
} as const satisfies Record<Kind, string>;

/** `member web-2-nic (web-2) of web-pool` */
export function subject(thing: Thing): string {
  const { kind, within } = thing;
  const of = within !== undefined && (kind === 'member' || kind === 'securityRule') ? ` of ${within}` : '';
  return `${nouns[kind]} ${fullName(thing)}${of}`;
}

export const fullName = ({ name, alias }: Thing): string => (alias === undefined ? name : `${name} (${alias})`);

/** Two that are called differently are told by both names. */
export function pairSubject({ left, right }: Pair): string {
  if (left.name.toLowerCase() === right.name.toLowerCase()) return subject(left);
  return `${nouns[left.kind]} ${left.name} / ${right.name}`;
}

/** A value as people say it. */
export function valueText(value: Plain): string {
  if (value === null) return 'none';
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value.startsWith('/subscriptions/') ? lastSegment(value) : value;
  return value.length === 0 ? 'none' : value.map(valueText).join(', ');
}
