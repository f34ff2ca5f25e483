import { lastSegment, parseId, sameName } from '../azure/ids.ts';
import { knownOr } from '../evidence/open.ts';
import { addressOf } from '../topology/address.ts';
import { isThere } from '../topology/gone.ts';
import type { Gone, Machine, Member } from '../topology/model.ts';

/** What people call a member: its machine, its interface, its address, its entry in the pool, or the id of one of them. */
export function namesOf(member: Member, machine: Machine | Gone | undefined): readonly string[] {
  const ids = [machine?.id, member.nicId, member.ipConfigurationId, member.memberFrontendId].filter(
    (id) => id !== undefined,
  );
  const known = [machine?.id, member.nicId].filter((id) => id !== undefined);
  const texts = [member.name, member.addressName, addressOf(member), ...ids, ...known.map(lastSegment)];
  return texts.filter((text) => text !== undefined);
}

export function isNamed(name: string, member: Member, machine: Machine | Gone | undefined): boolean {
  return namesOf(member, machine).some((text) => sameName(text, name));
}

/** A member is kept in reserve: as far as its machine is known, which may be what it is called by. */
export function isOneOf(names: readonly string[], member: Member): boolean {
  const machine = knownOr<Machine | Gone | undefined, undefined>(member.machine, undefined);
  return names.some((name) => isNamed(name, member, machine));
}

/** The machine's name where it is known. */
export function calledBy(member: Member, machine: Machine | Gone | undefined): string {
  return isThere(machine) ? machine.name : member.name;
}

/** `NAME`, `NETWORK/NAME` or a resource id, of a subnet. */
export function isSubnet(name: string, id: string): boolean {
  const names = parseId(id)?.names ?? [];
  return [id, names.at(-1), names.slice(-2).join('/')].some((text) => text !== undefined && sameName(text, name));
}

export const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
