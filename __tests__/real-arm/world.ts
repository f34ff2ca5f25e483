import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isObject, itemsAt, type Json, type JsonObject, textAt } from '../world/json.ts';
import { idsOf, ipConfigurationsOf, lastName, nics, parentId, poolIdsOf, sameId } from '../world/relations.ts';
import {
  asResource,
  emptyWorld,
  type Resource,
  resourceAt,
  resourcesOf,
  SUBSCRIPTION,
  type World,
} from '../world/world.ts';

/** Where ARM bodies that real Azure answered are kept, beside the checkout; no part of the project. */
export const folder = process.env.AZLB_REAL_ARM ?? fileURLToPath(new URL('../../../shared/real-arm', import.meta.url));

export const isThere = (): boolean => existsSync(folder);

/** What Azure says of what nobody recorded: nothing (denied), or that it isn't there. */
export type Unrecorded = 'denied' | 'gone';

/** A load balancer, and the file that has it. */
export interface Recorded {
  readonly file: string;
  readonly id: string;
}

export interface RealArm {
  readonly world: World;
  readonly loadBalancers: readonly Recorded[];
  /** Every file of the folder, whether or not something in it is served. */
  readonly files: readonly string[];
}

const BALANCER = 'Microsoft.Network/loadBalancers';

/** All of the folder as one subscription; every body is answered as it was recorded. */
export function realArm(unrecorded: Unrecorded): RealArm {
  const files = jsonFiles();
  const bodies = files.flatMap(bodiesIn);
  const whole = bodies.filter(({ type }) => !isOf(BALANCER, type));
  const stitched = stitchedFrom(bodies.filter(({ type }) => isOf(BALANCER, type)));
  const found = [...whole, ...stitched].map(({ file, body }) => ({ file, resource: asResource(body) }));
  const resources = found.map(({ resource }) => resource);
  const world: World = {
    ...emptyWorld(),
    resources: new Map(resources.map((each) => [each.id.toLowerCase(), each])),
    answers: resources.map((each) => [each.id.toLowerCase(), 'properties', each.properties]),
  };
  return {
    world: unrecorded === 'gone' ? world : { ...world, faults: [{ on: allBut(world), kind: 'denied' }] },
    loadBalancers: found
      .filter(({ resource }) => resource.type === BALANCER)
      .map(({ file, resource }) => ({ file, id: resource.id })),
    files,
  };
}

interface Body {
  readonly file: string;
  readonly id: string;
  readonly type: string;
  readonly body: JsonObject;
}

const jsonFiles = (): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile() && each.name.endsWith('.json'))
    .map((each) => relative(folder, join(each.parentPath, each.name)))
    .sort();

export function jsonIn(file: string): Json {
  const text = readFileSync(join(folder, file), 'utf8');
  return JSON.parse(text.replaceAll(/\/subscriptions\/[^/"]+/g, `/subscriptions/${SUBSCRIPTION}`));
}

function bodiesIn(file: string): readonly Body[] {
  const json = jsonIn(file);
  const listed = itemsAt(json, 'value');
  return [...listed, ...(isObject(json) ? [json] : [])].flatMap((found) => {
    const id = textAt(found, 'id');
    if (id === undefined) return [];
    const body = file.startsWith('spec/') && typeOf(id) === BALANCER ? inOwnGroup(found, id, file) : found;
    const ownId = textAt(body, 'id') ?? id;
    // Some answers of scale sets have no type.
    return [{ file, id: ownId, type: typeOf(id), body: { name: lastName(id), ...body, type: typeOf(id) } }];
  });
}

/** The API's examples are nearly all of one load balancer: each gets a group of its own. */
function inOwnGroup(body: JsonObject, id: string, file: string): JsonObject {
  const own = id.replace(/\/resourceGroups\/([^/]+)/i, `/resourceGroups/$1-${lastName(file).replace('.json', '')}`);
  const text = JSON.stringify(body).replaceAll(`"${id}"`, `"${own}"`).replaceAll(`"${id}/`, `"${own}/`);
  const moved: JsonObject = JSON.parse(text);
  return moved;
}

/** `Microsoft.Network/loadBalancers/probes`, from an id. */
function typeOf(id: string): string {
  const [namespace = '', ...parts] = id.split('/providers/').at(-1)?.split('/') ?? [];
  return [namespace, ...parts.filter((_, index) => index % 2 === 0)].join('/');
}

const isOf = (parent: string, type: string): boolean => type.startsWith(`${parent}/`);

/** What every load balancer's body has, be it empty. */
const NO_PARTS: JsonObject = {
  frontendIPConfigurations: [],
  backendAddressPools: [],
  loadBalancingRules: [],
  probes: [],
};

/** A load balancer for those of which only the children were recorded; of several answers about a child the last holds. */
function stitchedFrom(children: readonly Body[]): readonly Pick<Body, 'file' | 'body'>[] {
  const byParent = groupedBy(children, ({ id }) => parentId(id));
  return [...byParent].map(([id, own]) => {
    const collections = groupedBy(own, (child) => child.id.split('/').at(-2) ?? '');
    const recorded = [...collections].map(([name, list]): [string, Json] => [
      name,
      [...new Map(list.map((each) => [each.id, each.body])).values()],
    ]);
    const properties = { ...NO_PARTS, ...Object.fromEntries(recorded) };
    return {
      file: 'spec/ (its children)',
      body: { id, name: lastName(id), type: BALANCER, location: 'westus', sku: { name: 'Standard' }, properties },
    };
  });
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** Every request for what was not recorded: health, metrics and power states, and resources that only references name. */
function allBut(world: World): RegExp {
  const known = [...world.resources.values()].map(({ id }) => escaped(id)).join('|');
  const joined = resourcesOf(world, BALANCER).filter((lb) => nics(world).some((nic) => isBehind(nic, lb)));
  const recorded = [
    'POST /batch',
    'GET /subscriptions(/[^/]+)?(\\?|$)',
    `GET [^?]*/providers/${BALANCER}(\\?|$)`,
    `GET (${known})(/(?!providers/|networkInterfaces)[^?]*)?(\\?|$)`,
    ...joined.map(({ id }) => `GET ${escaped(id)}/networkInterfaces(\\?|$)`),
  ];
  return new RegExp(`^(?!${recorded.join('|')})`);
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

const isBehind = (nic: Resource, lb: Resource): boolean =>
  ipConfigurationsOf(nic).some(({ properties }) =>
    idsOf(itemsAt(properties, 'loadBalancerBackendAddressPools')).some((pool) => sameId(parentId(pool), lb.id)),
  );

export interface RecordedPool {
  readonly id: string;
  /** How many it lists. */
  readonly members: number;
  /** Whether a balancing rule sends to it. */
  readonly isServing: boolean;
}

/** A load balancer's pools as its body tells them. */
export function poolsOf(world: World, id: string): readonly RecordedPool[] {
  const { properties } = resourceAt(world, id);
  const used = new Set(
    itemsAt(properties, 'loadBalancingRules')
      .flatMap(poolIdsOf)
      .map((each) => each.toLowerCase()),
  );
  return itemsAt(properties, 'backendAddressPools').map((pool) => {
    const poolId = `${id}/backendAddressPools/${textAt(pool, 'name') ?? ''}`;
    const of = (list: string) => itemsAt(pool, 'properties', list).length;
    const members = Math.max(of('backendIPConfigurations'), of('loadBalancerBackendAddresses'));
    return { id: poolId, members, isServing: used.has(poolId.toLowerCase()) };
  });
}
