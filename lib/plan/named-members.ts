import { idKey, sameName } from '../azure/ids.ts';
import { machineOf } from '../diagnosis/members.ts';
import { open } from '../evidence/open.ts';
import { isOneOf } from '../expect/naming.ts';
import { sameAddress } from '../network/address.ts';
import { addressOf } from '../topology/address.ts';
import type { LoadBalancer, Member } from '../topology/model.ts';

/** The members that a text names: those of one machine, in each pool that it is in; or why there are none. */
export type Named =
  | { readonly members: readonly Member[] }
  | { readonly problem: 'none'; readonly unread: readonly string[] }
  | { readonly problem: 'several'; readonly candidates: readonly string[] };

/** By key, name (of member, interface, machine or scale set), address or id; in one pool where that is named. */
export function membersNamed({ pools }: LoadBalancer, text: string, pool: string | undefined): Named {
  const all = pools.filter(({ name }) => pool === undefined || sameName(name, pool)).flatMap(({ members }) => members);
  const keyed = all.filter(({ key }) => sameName(key, text));
  if (keyed.length > 0) return { members: keyed };
  const set = all.filter((member) => isOfSet(member, text));
  if (set.length > 0) return { members: set };
  const found = all.filter((member) => isOneOf([text], member) || isAt(member, text));
  if (found.length === 0) return { problem: 'none', unread: unreadOf(all) };
  const units = new Set(found.map(unitOf));
  return units.size > 1 ? { problem: 'several', candidates: found.map(({ key }) => key) } : { members: found };
}

function isAt(member: Member, text: string): boolean {
  const address = addressOf(member);
  return address !== undefined && sameAddress(address, text);
}

function isOfSet({ instance }: Member, text: string): boolean {
  return instance !== undefined && [instance.scaleSet, instance.scaleSetId].some((name) => sameName(name, text));
}

/** What is one thing to whoever names it: its machine, else its interface, else its entry in the pool. */
function unitOf(member: Member): string {
  const { instance } = member;
  const instanceId = instance && `${instance.scaleSetId}/virtualMachines/${instance.instanceId}`;
  return idKey(instanceId ?? machineOf(member)?.id ?? member.nicId ?? addressOf(member) ?? member.key);
}

/** A name may be that of a machine which could not be read. */
function unreadOf(members: readonly Member[]): readonly string[] {
  const readings = members.flatMap(({ nic, machine }) => [nic, machine]);
  const gaps = readings.flatMap((reading) => {
    const state = open<unknown>(reading);
    return 'gaps' in state ? state.gaps.map(({ because }) => because) : [];
  });
  return [...new Set(gaps)];
}
