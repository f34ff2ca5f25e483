import { failure, notFound, ok, type Response } from './arm-answers.ts';
import { authorization } from './arm-authorization.ts';
import { isObject, itemsAt, type JsonObject, textAt } from './json.ts';
import { dimensionsIn, metricsBody } from './metrics.ts';
import { childId, inPool, ipConfigurationsOf, lastName, nics } from './relations.ts';
import { view } from './view.ts';
import type { Resource, World } from './world.ts';

/** Answers a GET. */
export function read(world: World, path: string, query: URLSearchParams): Response {
  const segments = path.split('/').slice(1);
  if (path.toLowerCase() === '/subscriptions') return ok({ value: [subscription(world)] });
  if (segments[0]?.toLowerCase() !== 'subscriptions') return notFound(path);
  if (segments[1]?.toLowerCase() !== world.subscription) {
    return failure(404, 'SubscriptionNotFound', `The subscription '${segments[1] ?? ''}' could not be found.`);
  }
  if (segments.length === 2) return ok(subscription(world));
  const authorized = authorization(world, path);
  if (authorized !== undefined && isKnown(world, path)) return authorized;
  const inGroup = segments[2]?.toLowerCase() === 'resourcegroups';
  const group = inGroup ? segments[3] : undefined;
  if (inGroup && group === undefined) return ok({ value: groups(world).map((each) => groupBody(world, each)) });
  if (group !== undefined && !groups(world).some((each) => each.toLowerCase() === group.toLowerCase())) {
    return failure(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
  }
  if (group !== undefined && segments.length === 4) return ok(groupBody(world, group));
  const insights = /^(.*)\/providers\/microsoft\.insights\/metrics$/i.exec(path)?.[1];
  if (insights !== undefined) return metrics(world, insights, query);
  const network = /^(.*\/virtualNetworks\/[^/]+)\/CheckIPAddressAvailability$/i.exec(path)?.[1];
  if (network !== undefined) return addressAvailability(world, network, query.get('ipAddress') ?? '');
  const tagged = world.resources.get(
    /^(.*)\/providers\/microsoft\.resources\/tags\/default$/i.exec(path)?.[1]?.toLowerCase() ?? '',
  );
  if (tagged !== undefined)
    return ok({ id: path, name: 'default', type: 'Microsoft.Resources/tags', properties: { tags: tagged.tags } });
  return readResource(world, path, segments.slice(inGroup ? 5 : 3), query);
}

/** Of the addresses in a network, interfaces have all but the services' here. */
function addressAvailability(world: World, networkId: string, address: string): Response {
  if (!world.resources.has(networkId.toLowerCase())) return notFound(networkId);
  const inside = `${networkId}/subnets/`.toLowerCase();
  const isTaken = nics(world)
    .flatMap(ipConfigurationsOf)
    .some(
      ({ properties }) =>
        textAt(properties, 'privateIPAddress') === address &&
        textAt(properties, 'subnet', 'id')?.toLowerCase().startsWith(inside),
    );
  return ok({ available: !isTaken, isPlatformReserved: false });
}

const subscription = (world: World): JsonObject => ({
  id: `/subscriptions/${world.subscription}`,
  subscriptionId: world.subscription,
  tenantId: world.tenant,
  displayName: 'Shop production',
  state: 'Enabled',
});

/** Whether what a list of locks or rights is about is there. */
function isKnown(world: World, path: string): boolean {
  const scope = path.replace(/\/providers\/microsoft\.authorization\/.*$/i, '');
  const segments = scope.split('/');
  if (segments.length <= 3) return true;
  const isThere = groups(world).some((each) => each.toLowerCase() === segments[4]?.toLowerCase());
  return isThere && (segments.length === 5 || read(world, scope, new URLSearchParams()).status === 200);
}

const groups = (world: World): readonly string[] => [
  ...new Map(
    [...world.resources.values()].flatMap(({ id }) => {
      const [, , , container = '', name = ''] = id.split('/');
      return container.toLowerCase() === 'resourcegroups' ? [[name.toLowerCase(), name] as const] : [];
    }),
  ).values(),
];

function groupBody(world: World, group: string): JsonObject {
  const id = `/subscriptions/${world.subscription}/resourceGroups/${group}`;
  const own = world.resources.get(id.toLowerCase());
  return (
    own ?? {
      id,
      name: group,
      type: 'Microsoft.Resources/resourceGroups',
      location: 'westeurope',
      properties: { provisioningState: 'Succeeded' },
    }
  );
}

/** `parts` are the namespace, then types and names in turn: an odd number of them names a collection. */
function readResource(world: World, path: string, parts: readonly string[], query: URLSearchParams): Response {
  const expands = /instanceView/i.test(query.get('$expand') ?? '') || query.get('statusOnly') === 'true';
  if (parts.length % 2 === 0) return readCollection(world, path, parts, expands);
  const resource = world.resources.get(path.toLowerCase());
  if (resource !== undefined) return ok(view(world, resource, expands));
  const child = embedded(world, path);
  return child === undefined ? notFound(path) : ok(child);
}

/** A child that is stored inside its parent, as a GET of it answers. */
export function embedded(world: World, path: string): JsonObject | undefined {
  const segments = path.split('/');
  const parent = world.resources.get(segments.slice(0, -2).join('/').toLowerCase());
  const collection = segments.at(-2)?.toLowerCase();
  if (parent === undefined) return undefined;
  const { properties } = view(world, parent);
  const key = isObject(properties)
    ? Object.keys(properties).find((each) => each.toLowerCase() === collection)
    : undefined;
  return key === undefined
    ? undefined
    : itemsAt(properties, key).find((each) => textAt(each, 'name')?.toLowerCase() === lastName(path).toLowerCase());
}

function readCollection(world: World, path: string, parts: readonly string[], expands: boolean): Response {
  const parent = world.resources.get(path.split('/').slice(0, -1).join('/').toLowerCase());
  const collection = parts.at(-1)?.toLowerCase() ?? '';
  if (parts.length > 2 && parent === undefined) return notFound(path.split('/').slice(0, -1).join('/'));
  const list = (resources: readonly Resource[]): Response =>
    ok({ value: resources.map((each) => view(world, each, expands)) });
  if (parent !== undefined && collection === 'networkinterfaces') {
    const isLoadBalancer = parent.type.toLowerCase() === 'microsoft.network/loadbalancers';
    return list(nics(world).filter((nic) => (isLoadBalancer ? isBehind(nic, parent) : isUnder(nic, parent))));
  }
  if (parent !== undefined) {
    const { properties } = view(world, parent);
    const key = isObject(properties)
      ? Object.keys(properties).find((each) => each.toLowerCase() === collection)
      : undefined;
    if (key !== undefined) return ok({ value: [...itemsAt(properties, key)] });
  }
  const type = [parts[0], ...parts.slice(1).filter((_, index) => index % 2 === 0)].join('/').toLowerCase();
  const scope = `${path.toLowerCase().split('/providers/')[0] ?? ''}/`;
  const under = parent === undefined ? scope : `${parent.id.toLowerCase()}/`;
  return list(
    [...world.resources.values()].filter(
      (each) => each.type.toLowerCase() === type && each.id.toLowerCase().startsWith(under),
    ),
  );
}

const isUnder = (nic: Resource, scaleSet: Resource): boolean =>
  nic.id.toLowerCase().startsWith(`${scaleSet.id.toLowerCase()}/`);

const isBehind = (nic: Resource, lb: Resource): boolean =>
  ipConfigurationsOf(nic).some((configuration) =>
    itemsAt(lb.properties, 'backendAddressPools').some((pool) =>
      inPool(configuration, childId(lb, 'backendAddressPools', textAt(pool, 'name'))),
    ),
  );

function metrics(world: World, resourceId: string, query: URLSearchParams): Response {
  const resource = world.resources.get(resourceId.toLowerCase());
  if (resource === undefined) return notFound(resourceId);
  return ok(
    metricsBody(world, resource, {
      names: (query.get('metricnames') ?? '').split(','),
      dimensions: dimensionsIn(query.get('$filter') ?? ''),
      top: Number(query.get('top') ?? query.get('$top') ?? 10),
    }),
  );
}
