import { isObject, type Json } from '../world/json.ts';
import type { World } from '../world/world.ts';

/** Where two worlds differ, apart from what every write changes and what az leaves as nothing in another way. */
export function differences(one: World, other: World): readonly string[] {
  const ids = new Set([...one.resources.keys(), ...other.resources.keys()]);
  const resources = [...ids].flatMap((id) => {
    const [was, is] = [one, other].map((world) => JSON.stringify(plain(world.resources.get(id)) ?? null));
    return was === is ? [] : [`${id.split('/').slice(-2).join('/')} ${firstDifference(was ?? '', is ?? '')}`];
  });
  const guests = [...one.guests].flatMap(([id, { power }]) =>
    settled(other.guests.get(id)?.power) === settled(power)
      ? []
      : [`${id} is ${other.guests.get(id)?.power}, was ${power}`],
  );
  return [...resources, ...guests];
}

/** What a machine on its way is when it is there. */
const settled = (power: string | undefined): string | undefined =>
  power === 'deallocating' ? 'deallocated' : power === 'stopping' ? 'stopped' : power;

function firstDifference(was: string, is: string): string {
  let at = 0;
  while (was[at] === is[at] && at < was.length) at += 1;
  return `was …${was.slice(Math.max(0, at - 30), at + 50)} is …${is.slice(Math.max(0, at - 30), at + 50)}`;
}

/** What Azure has where nothing is said. */
const nothing: readonly Json[] = [null, 'None', 'AllProbedDown'];

/** The same of fields whose value elsewhere means something. */
const defaults: Readonly<Record<string, Json>> = { probeThreshold: 1, enableTcpReset: false };

/** Ids differ in case from answer to answer. */
const sameCase = (value: Json | undefined): Json | undefined =>
  typeof value === 'string' && value.startsWith('/subscriptions/') ? value.toLowerCase() : value;

const unimportant = ['etag', 'provisioningState', 'resourceGuid'];

function plain(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) {
    const items = value.map((each) => plain(each) ?? null);
    // A list's order of named things or references means nothing to Azure.
    return items.length === 0
      ? undefined
      : items
          .map((each) => JSON.stringify(each))
          .sort()
          .map((each) => JSON.parse(each));
  }
  if (!isObject(value)) return nothing.includes(value ?? null) ? undefined : sameCase(value);
  const entries = Object.entries(value)
    // Azure says a balancing rule's one pool in both fields.
    .filter(([key]) => key !== 'backendAddressPool' || value.backendAddressPools === undefined)
    .filter(([key, each]) => !unimportant.includes(key) && each !== defaults[key])
    .map(([key, each]) =>
      /(Ranges|Prefixes)$/.test(key) && Array.isArray(each) && each.length === 1
        ? ([key.replace(/Prefixes$/, 'Prefix').replace(/Ranges$/, 'Range'), each[0]] as const)
        : ([key, each] as const),
    )
    .map(([key, each]) => [key, plain(each)] as const)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
