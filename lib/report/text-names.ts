import type { DiagnosedMember, Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { byName, inOrder } from '../words/name-order.ts';
import { someOf } from './layout.ts';

/** What people call each member: its machine, where that names it alone; by the member's key. */
export function memberNames({ members }: Pick<Diagnosis, 'members'>): ReadonlyMap<string, string> {
  const found = known.get(members) ?? namesOf(members);
  known.set(members, found);
  return found;
}

/** Every part of a report names members, of which there may be hundreds. */
const known = new WeakMap<Diagnosis['members'], ReadonlyMap<string, string>>();

function namesOf(members: Diagnosis['members']): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  const places = members.map((member) => ({ member, machine: machineOf(member) }));
  for (const { member, machine } of places) {
    const place = `${member.pool} ${machine}`;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return new Map(
    places.map(({ member, machine }) => [
      member.key,
      machine !== undefined && counts.get(`${member.pool} ${machine}`) === 1 ? machine : member.name,
    ]),
  );
}

/** An instance of a Uniform scale set has a number for a name. */
const machineOf = ({ machineId }: DiagnosedMember): string | undefined =>
  machineId === null || /\/virtualMachineScaleSets\//i.test(machineId) ? undefined : machineId.split('/').at(-1);

export const sortedByName = (
  members: readonly DiagnosedMember[],
  names: ReadonlyMap<string, string>,
): readonly DiagnosedMember[] =>
  [...members].sort((one, other) => byName(names.get(one.key) ?? one.name, names.get(other.key) ?? other.name));

/** Each name once, in order; a member of two pools is one machine. */
export const listed = (names: readonly string[], most: number): string => someOf(inOrder([...new Set(names)]), most);
