import { effectiveRefusal, effectiveRoutes, effectiveSecurityGroups } from './effective-rules.ts';
import { healthBody, healthRefusal } from './health.ts';
import { isObject, itemsAt, type Json, type JsonObject, objectAt, textAt, withValueAt } from './json.ts';
import { dimensionsIn, metricsBody } from './metrics.ts';
import { childId, idOf, inPool, ipConfigurationsOf, lastName, nics, prefixesOf, subnetAt } from './relations.ts';
import { view } from './view.ts';
import {
  asResource,
  type FaultKind,
  type Guest,
  type Resource,
  type World,
  withoutResource,
  withResource,
} from './world.ts';

export interface Request {
  readonly method: string;
  /** Path and query, without scheme and host. */
  readonly url: string;
  readonly body?: Json;
}

export interface Response {
  readonly status: number;
  /** Absent: an empty body. */
  readonly body?: Json;
  readonly headers: Readonly<Record<string, string>>;
  /** What went wrong on the way; the stand-in and the in-memory az each do it their way. */
  readonly fault?: FaultKind;
}

/** Azure Resource Manager over a world. Writes change the world it stands on; long-running actions stay pending for two polls. */
export interface Azure {
  answer(request: Request): Response;
  readonly world: World;
  /** Scheme and host. */
  readonly endpoint: string;
}

const PENDING_POLLS = 2;

/** `endpoint` is what Location headers begin with. */
export function azureOver(start: World, endpoint = 'https://management.azure.com'): Azure {
  let world = start;
  const operations = new Map<string, { polls: number; readonly result: Json }>();
  const hits = new Map<RegExp, number>();

  const faultOn = (method: string, url: string): FaultKind | undefined => {
    const found = world.faults.find(({ on, times }) => {
      if (!new RegExp(on.source, 'i').test(`${method} ${url}`)) return false;
      const before = hits.get(on) ?? 0;
      hits.set(on, before + 1);
      return times === undefined || before < times;
    });
    return found?.kind;
  };

  const later = (result: Json): Response => {
    const id = `${endpoint}/subscriptions/${world.subscription}/providers/Microsoft.Network/locations/westeurope/operationResults/${operations.size + 1}?api-version=2024-05-01`;
    operations.set(pathOf(id.slice(endpoint.length)).toLowerCase(), { polls: 0, result });
    return { status: 202, headers: { Location: id, 'Retry-After': '1' } };
  };

  const poll = (path: string): Response | undefined => {
    const operation = operations.get(path.toLowerCase());
    if (operation === undefined) return undefined;
    operation.polls += 1;
    if (operation.polls <= PENDING_POLLS) {
      return { status: 202, headers: { Location: `${endpoint}${path}?api-version=2024-05-01`, 'Retry-After': '1' } };
    }
    return ok(operation.result);
  };

  const answer = ({ method, url, body }: Request): Response => {
    const path = pathOf(url);
    const fault = faultOn(method, url);
    const failed = fault && failures[fault]?.(world, method, path);
    if (failed) return { ...failed, ...(fault && { fault }) };
    const response = respond(method, path, queryOf(url), body);
    return fault === undefined ? response : { ...response, fault };
  };

  const respond = (method: string, path: string, query: URLSearchParams, body: Json | undefined): Response => {
    if (method === 'POST' && path.toLowerCase() === '/batch') {
      const responses = itemsAt(body, 'requests').map((each) => {
        const inner = answer({
          method: textAt(each, 'httpMethod') ?? 'GET',
          url: textAt(each, 'relativeUrl') ?? '',
          ...(each.content !== undefined && { body: each.content }),
        });
        return { name: textAt(each, 'name'), httpStatusCode: inner.status, headers: {}, content: inner.body ?? null };
      });
      return ok({ responses });
    }
    if (method === 'GET') return poll(path) ?? read(world, path, query);
    if (method === 'POST') {
      const changed = power(world, path);
      if (changed !== undefined) {
        world = changed;
        return { status: 202, headers: {} };
      }
      const result = act(world, path);
      return 'status' in result ? result : later(result.result);
    }
    const written = write(world, method, path, body);
    if ('status' in written) return written;
    world = written.world;
    return method === 'DELETE' ? { status: 204, headers: {} } : read(world, path, query);
  };

  return {
    answer,
    endpoint,
    get world() {
      return world;
    },
  };
}

const ok = (body: Json): Response => ({ status: 200, body, headers: {} });

const pathOf = (url: string): string => decodeURIComponent((url.split('?')[0] ?? '').replace(/\/+$/, ''));
const queryOf = (url: string): URLSearchParams => new URLSearchParams(url.split('?')[1] ?? '');

export const failure = (
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response => ({
  status,
  body: { error: { code, message } },
  headers: status >= 400 ? { 'x-ms-failure-cause': 'gateway', ...headers } : headers,
});

const failures: Partial<Record<FaultKind, (world: World, method: string, path: string) => Response>> = {
  denied: (_, method, path) =>
    failure(
      403,
      'AuthorizationFailed',
      `The client 'reader@shop.example' with object id '5d0f7c1b-66a3-4e0b-8e43-2f1a9b7c4d50' does not have authorization to perform action '${actionName(method, path)}' over scope '${method === 'POST' ? path.split('/').slice(0, -1).join('/') : path}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    ),
  'not-found': (_, __, path) => notFound(path),
  throttled: () =>
    failure(
      429,
      'TooManyRequests',
      'The request is being throttled as the limit has been reached for operation type.',
      { 'Retry-After': '1' },
    ),
  'server-error': () =>
    failure(500, 'InternalServerError', 'The server encountered an internal error. Please retry the request.'),
};

function actionName(method: string, path: string): string {
  const segments = path.split('/providers/').at(-1)?.split('/') ?? [];
  const types = segments.filter((_, index) => index % 2 === 1);
  const verb = method === 'GET' ? 'read' : method === 'DELETE' ? 'delete' : method === 'POST' ? 'action' : 'write';
  return [segments[0], ...types, verb].join('/');
}

function notFound(path: string): Response {
  const [, type = '', name = '', ...child] = path.split('/providers/').at(-1)?.split('/') ?? [];
  const namespace = path.split('/providers/').at(-1)?.split('/')[0] ?? '';
  if (child.length > 0 && !/virtualMachineScaleSets/i.test(type))
    return failure(404, 'NotFound', `Resource ${path} not found.`);
  return failure(
    404,
    'ResourceNotFound',
    `The Resource '${[namespace, type, name, ...child].join('/')}' under resource group '${path.split('/')[4] ?? ''}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}

function read(world: World, path: string, query: URLSearchParams): Response {
  const segments = path.split('/').slice(1);
  if (path.toLowerCase() === '/subscriptions') return ok({ value: [subscription(world)] });
  if (segments[0]?.toLowerCase() !== 'subscriptions') return notFound(path);
  if (segments[1]?.toLowerCase() !== world.subscription) {
    return failure(404, 'SubscriptionNotFound', `The subscription '${segments[1] ?? ''}' could not be found.`);
  }
  if (segments.length === 2) return ok(subscription(world));
  const inGroup = segments[2]?.toLowerCase() === 'resourcegroups';
  const group = inGroup ? segments[3] : undefined;
  if (inGroup && group === undefined) return ok({ value: groups(world).map((each) => groupBody(world, each)) });
  if (group !== undefined && !groups(world).some((each) => each.toLowerCase() === group.toLowerCase())) {
    return failure(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
  }
  if (group !== undefined && segments.length === 4) return ok(groupBody(world, group));
  const insights = /^(.*)\/providers\/microsoft\.insights\/metrics$/i.exec(path)?.[1];
  if (insights !== undefined) return metrics(world, insights, query);
  return readResource(world, path, segments.slice(inGroup ? 5 : 3), query);
}

const subscription = (world: World): JsonObject => ({
  id: `/subscriptions/${world.subscription}`,
  subscriptionId: world.subscription,
  tenantId: world.tenant,
  displayName: 'Shop production',
  state: 'Enabled',
});

const groups = (world: World): readonly string[] => [
  ...new Map(
    [...world.resources.values()].map(({ id }) => [id.split('/')[4]?.toLowerCase() ?? '', id.split('/')[4] ?? '']),
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

function embedded(world: World, path: string): JsonObject | undefined {
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

/** The result of a POST action, or why it is refused. */
function act(world: World, path: string): { readonly result: Json } | Response {
  const action = lastName(path).toLowerCase();
  const target = path.split('/').slice(0, -1).join('/');
  if (action === 'health') {
    const lb = world.resources.get(target.split('/').slice(0, -2).join('/').toLowerCase());
    const balancingRule = itemsAt(lb?.properties, 'loadBalancingRules').find(
      (each) => textAt(each, 'name')?.toLowerCase() === lastName(target).toLowerCase(),
    );
    if (lb === undefined || balancingRule === undefined) return notFound(target);
    const refusal = healthRefusal(lb, balancingRule);
    return refusal === undefined
      ? { result: healthBody(world, lb, balancingRule) }
      : failure(400, 'OperationNotAllowed', refusal);
  }
  const nic = world.resources.get(target.toLowerCase());
  if (nic === undefined) return notFound(target);
  if (action !== 'effectivenetworksecuritygroups' && action !== 'effectiveroutetable') {
    return failure(400, 'InvalidResourceType', `The resource type could not be found for the action '${action}'.`);
  }
  const refusal = effectiveRefusal(world, nic);
  if (refusal !== undefined) return failure(400, 'NetworkInterfaceNotAttachedToRunningVm', refusal);
  if (action === 'effectivenetworksecuritygroups') return { result: effectiveSecurityGroups(world, nic) };
  const found = subnetAt(world, idOf(ipConfigurationsOf(nic)[0]?.properties.subnet));
  const tableId = idOf(objectAt(found?.subnet, 'properties').routeTable);
  return {
    result: effectiveRoutes(
      prefixesOf(found?.network),
      tableId === undefined ? undefined : world.resources.get(tableId.toLowerCase()),
    ),
  };
}

const POWER_AFTER: Readonly<Record<string, Guest['power']>> = {
  start: 'running',
  restart: 'running',
  poweroff: 'stopped',
  deallocate: 'deallocated',
};

/** The world after a machine was started, stopped or deallocated; undefined when the path is no such action. */
function power(world: World, path: string): World | undefined {
  const after = POWER_AFTER[lastName(path).toLowerCase()];
  const machine = path.split('/').slice(0, -1).join('/').toLowerCase();
  const guest = world.guests.get(machine);
  if (after === undefined || guest === undefined) return undefined;
  return { ...world, guests: new Map(world.guests).set(machine, { ...guest, power: after }) };
}

/** PUT replaces, PATCH of tags merges, DELETE removes; a child is written inside its parent. */
function write(
  world: World,
  method: string,
  path: string,
  body: Json | undefined,
): { readonly world: World } | Response {
  const existing = world.resources.get(path.toLowerCase());
  const parts = path.split('/providers/').at(-1)?.split('/') ?? [];
  const parent =
    parts.length > 3 ? world.resources.get(path.split('/').slice(0, -2).join('/').toLowerCase()) : undefined;
  if (method === 'DELETE') {
    if (existing !== undefined) return { world: withoutResource(world, existing.id) };
    if (parent === undefined || embedded(world, path) === undefined) return { status: 204, headers: {} };
    return { world: withChild(world, parent, path, undefined) };
  }
  if (!isObject(body))
    return failure(400, 'InvalidRequestContent', 'The request content was invalid and could not be deserialized.');
  if (method === 'PATCH') {
    if (existing === undefined) return notFound(path);
    return {
      world: withResource(world, {
        ...existing,
        ...(body.tags !== undefined && { tags: body.tags }),
        etag: nextEtag(existing),
      }),
    };
  }
  if (parent !== undefined && existing === undefined) return { world: withChild(world, parent, path, body) };
  const type = [parts[0], ...parts.slice(1).filter((_, index) => index % 2 === 0)].join('/');
  const properties = { provisioningState: 'Succeeded', ...objectAt(body, 'properties') };
  return {
    world: withResource(world, {
      ...asResource({
        type,
        name: lastName(path),
        ...body,
        id: existing?.id ?? path,
        properties: kept(existing, properties),
      }),
      etag: nextEtag(existing),
    }),
  };
}

/** ARM keeps what it gave out itself and no PUT can set. */
function kept(existing: Resource | undefined, properties: JsonObject): JsonObject {
  const { resourceGuid, ipAddress } = existing?.properties ?? {};
  return {
    ...(resourceGuid !== undefined && { resourceGuid }),
    ...(ipAddress !== undefined && { ipAddress }),
    ...properties,
  };
}

function withChild(world: World, parent: Resource, path: string, body: JsonObject | undefined): World {
  const segment = path.split('/').at(-2) ?? '';
  const collection =
    Object.keys(parent.properties).find((each) => each.toLowerCase() === segment.toLowerCase()) ?? segment;
  const children = itemsAt(parent.properties, collection);
  const isIt = (child: JsonObject) => textAt(child, 'name')?.toLowerCase() === lastName(path).toLowerCase();
  const child = body && { name: children.find(isIt)?.name ?? lastName(path), properties: objectAt(body, 'properties') };
  const others = children.filter((each) => !isIt(each));
  const position = children.findIndex(isIt);
  const changed = child === undefined ? others : others.toSpliced(position < 0 ? others.length : position, 0, child);
  return withResource(world, {
    ...parent,
    ...asResource(withValueAt(parent, `properties.${collection}`, changed)),
    etag: nextEtag(parent),
  });
}

function nextEtag(existing: Resource | undefined): string {
  const count = Number(/(\d+)"$/.exec(textAt(existing, 'etag') ?? '')?.[1] ?? 0) + 1;
  return `W/"c0ffee00-0000-4000-8000-${String(count).padStart(12, '0')}"`;
}
