import { type Json, type JsonObject, objectAt, textAt, withValueAt } from './json.ts';

/** A resource as Azure stores it: raw ARM, without what ARM derives from other resources (back-references, members of NIC pools). */
export interface Resource extends JsonObject {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly properties: JsonObject;
}

export type Power = 'running' | 'starting' | 'stopping' | 'stopped' | 'deallocating' | 'deallocated';

/** What answers on a port of a machine. `silent` accepts and says nothing, `reset` accepts and hangs up. */
export interface Listener {
  readonly port: number;
  readonly speaks: 'tcp' | 'http' | 'https' | 'silent' | 'reset';
  /** The HTTP status of each known path; an unknown path is 404. Without it every path is 200. */
  readonly statuses?: Readonly<Record<string, number>>;
}

/** What no resource says of a machine. */
export interface Guest {
  readonly power: Power;
  readonly listeners: readonly Listener[];
  readonly agentReady: boolean;
}

/** A reason code the platform gives instead of the one that follows from the world. */
export interface ReasonOverride {
  /** Machine, scale-set instance, NIC or address. */
  readonly member: string;
  readonly balancingRule?: string;
  readonly reason: string;
  readonly state?: string;
}

export type FaultKind =
  | 'denied'
  | 'not-found'
  | 'throttled'
  | 'server-error'
  | 'slow'
  | 'cut'
  | 'cut-with-length'
  | 'html'
  | 'not-json'
  | 'times-out'
  /** Of a long-running action that was accepted: it never ends, no Location says where its result is, or one elsewhere. */
  | 'endless'
  | 'no-location'
  | 'foreign-location';

/** Something wrong between az and Azure: `on` is matched with `METHOD /path?query`, letter case aside. */
export interface Fault {
  readonly on: RegExp;
  readonly kind: FaultKind;
  /** How many matching requests it hits; all when absent. */
  readonly times?: number;
}

export interface World {
  /** The time there, ISO. */
  readonly clock: string;
  readonly subscription: string;
  readonly tenant: string;
  /** By lower-cased id. */
  readonly resources: ReadonlyMap<string, Resource>;
  /** By lower-cased machine id. */
  readonly guests: ReadonlyMap<string, Guest>;
  readonly reasons: readonly ReasonOverride[];
  /** DipAvailability of a member's address in the last minutes, oldest first, instead of what follows from its health. */
  readonly availability: ReadonlyMap<string, readonly number[]>;
  /** Minutes since Azure Monitor last had a value. */
  readonly metricsAge: number;
  readonly faults: readonly Fault[];
  /** Places of an answer that Azure gives in spite of what is stored: lower-cased resource id, path, value. */
  readonly answers: readonly (readonly [id: string, path: string, value: Json | undefined])[];
}

export type Change = (world: World) => World;

/** The world with changes made to it, in order. */
export const change = (world: World, ...changes: readonly Change[]): World =>
  changes.reduce((changed, each) => each(changed), world);

export const SUBSCRIPTION = '3f2c1a9e-5b74-4c1d-9e0a-7d6b8c5e4f21';
const TENANT = '8a4d6f10-92be-47c3-b1d5-0c7e3a95f862';

export function emptyWorld(clock = '2026-07-01T09:30:00.000Z'): World {
  return {
    clock,
    subscription: SUBSCRIPTION,
    tenant: TENANT,
    resources: new Map(),
    guests: new Map(),
    reasons: [],
    availability: new Map(),
    metricsAge: 0,
    faults: [],
    answers: [],
  };
}

/** Two worlds in one subscription; what both have is taken from the second. */
export const together = (first: World, second: World): World => ({
  ...first,
  resources: new Map([...first.resources, ...second.resources]),
  guests: new Map([...first.guests, ...second.guests]),
  reasons: [...first.reasons, ...second.reasons],
  faults: [...first.faults, ...second.faults],
  answers: [...first.answers, ...second.answers],
});

export function withResource(world: World, resource: Resource): World {
  return { ...world, resources: new Map(world.resources).set(resource.id.toLowerCase(), resource) };
}

export function withoutResource(world: World, id: string): World {
  const resources = new Map(world.resources);
  if (!resources.delete(id.toLowerCase())) throw new Error(`No ${id} in this world`);
  return { ...world, resources };
}

/** `id` may be a resource's id or its name. */
export function withProperty(world: World, id: string, path: string, value: Json | undefined): World {
  return withResource(world, asResource(withValueAt(named(world, id), path, value)));
}

/** Raw ARM as a resource; it must say who it is. */
export function asResource(body: JsonObject): Resource {
  const { id, name, type } = { id: textAt(body, 'id'), name: textAt(body, 'name'), type: textAt(body, 'type') };
  if (id === undefined || name === undefined || type === undefined)
    throw new Error('A resource has an id, a name and a type');
  return { ...body, id, name, type, properties: objectAt(body, 'properties') };
}

export function resourceAt(world: World, id: string): Resource {
  const found = world.resources.get(id.toLowerCase());
  if (found === undefined) throw new Error(`No ${id} in this world`);
  return found;
}

export function resourcesOf(world: World, type: string): readonly Resource[] {
  const wanted = type.toLowerCase();
  return [...world.resources.values()].filter((resource) => resource.type.toLowerCase() === wanted);
}

/** A resource by id, or by name where only one of these types has it; `web-2` also finds `web_2`. */
export function named(world: World, name: string, ...types: readonly string[]): Resource {
  if (name.startsWith('/')) return resourceAt(world, name);
  const like = (text: string) => text.toLowerCase().replaceAll('_', '-');
  const wanted = like(name);
  const found = [...world.resources.values()].filter(
    (resource) =>
      like(resource.name) === wanted &&
      (types.length === 0 || types.some((type) => like(type) === like(resource.type))),
  );
  const [only] = found;
  if (only === undefined || found.length > 1)
    throw new Error(`${found.length} resources are called ${name} in this world`);
  return only;
}

export const MACHINE_TYPES = [
  'Microsoft.Compute/virtualMachines',
  'Microsoft.Compute/virtualMachineScaleSets/virtualMachines',
] as const;
export const NIC_TYPES = [
  'Microsoft.Network/networkInterfaces',
  'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/networkInterfaces',
] as const;
