import type { MemberHealth } from '../topology/model.ts';

/** Whether Azure gives this reason code, in whatever case it spells it. */
export function hasReason(health: MemberHealth | undefined, reason: string): health is MemberHealth {
  return health?.reason?.toLowerCase() === reason.toLowerCase();
}
