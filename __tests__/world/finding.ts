import { nicIdsOf } from './relations.ts';
import {
  type Guest,
  MACHINE_TYPES,
  NIC_TYPES,
  named,
  type Resource,
  resourceAt,
  resourcesOf,
  type World,
} from './world.ts';

/** The machine or scale-set instance called so. */
export const machineNamed = (world: World, name: string): Resource => named(world, name, ...MACHINE_TYPES);

/** The NIC called so, or the first NIC of the machine called so. */
export function nicNamed(world: World, name: string): Resource {
  const machine = MACHINE_TYPES.flatMap((type) => resourcesOf(world, type)).find((each) => alike(each.name, name));
  const [first] = machine === undefined ? [] : nicIdsOf(machine);
  return first === undefined ? named(world, name, ...NIC_TYPES) : resourceAt(world, first);
}

const alike = (one: string, other: string): boolean =>
  one.toLowerCase().replaceAll('_', '-') === other.toLowerCase().replaceAll('_', '-');

export function withGuest(world: World, name: string, changed: Partial<Guest>): World {
  const id = machineNamed(world, name).id.toLowerCase();
  const guest = world.guests.get(id) ?? { power: 'running', listeners: [], agentReady: true };
  return { ...world, guests: new Map(world.guests).set(id, { ...guest, ...changed }) };
}
