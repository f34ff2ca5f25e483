import type { Health, Member } from '../topology/model.ts';

/** What is known of a member's health, as it goes on from "the member": that it is not up is said only where that was read. */
export function standingOf(member: Member, health: Health | undefined): string {
  const found = health?.members.get(member)?.really;
  if (health === undefined) return 'may be down (its health was not read)';
  return found === 'down' ? 'is not up' : 'is not known to be up';
}
