import { knownOr } from '../evidence/open.ts';
import { present } from './gone.ts';
import type { Member } from './model.ts';

/** A member's address: the load balancer says it of an IP-based one, the interface of another. */
export function addressOf(member: Member): string | undefined {
  if (member.ipAddress !== undefined) return member.ipAddress;
  const configuration = knownOr(member.ipConfiguration, undefined);
  return present(configuration)?.privateIPAddress;
}
