import { failure, notFound, type Response } from './arm-answers.ts';
import { embedded } from './arm-read.ts';
import { refusedState } from './arm-refused.ts';
import { isObject, itemsAt, type Json, type JsonObject, objectAt, textAt, withValueAt } from './json.ts';
import { lastName } from './relations.ts';
import { asResource, type Resource, type World, withoutResource, withResource } from './world.ts';

/** PUT replaces, PATCH of tags merges, DELETE removes; a child is written inside its parent. What ARM refuses is refused. */
export function write(
  world: World,
  method: string,
  path: string,
  body: Json | undefined,
): { readonly world: World } | Response {
  const result = written(world, method, path, body);
  return 'world' in result ? (refusedState(world, result.world) ?? result) : result;
}

function written(
  world: World,
  method: string,
  path: string,
  body: Json | undefined,
): { readonly world: World } | Response {
  const existing = world.resources.get(
    path.replace(/\/providers\/microsoft\.resources\/tags\/default$/i, '').toLowerCase(),
  );
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
    if (/\/tags\/default$/i.test(path)) return { world: withTags(world, existing, body) };
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

/** `az tag update` says in its body whether it merges, replaces or deletes. */
function withTags(world: World, resource: Resource, body: JsonObject): World {
  const given = objectAt(body, 'properties', 'tags');
  const own = objectAt(resource, 'tags');
  const operation = textAt(body, 'operation');
  const left = Object.fromEntries(Object.entries(own).filter(([key]) => given[key] === undefined));
  const tags = operation === 'Replace' ? given : operation === 'Delete' ? left : { ...own, ...given };
  return withResource(world, { ...resource, tags });
}

/** ARM keeps what it gave out itself and no PUT can set. */
function kept(existing: Resource | undefined, properties: JsonObject): JsonObject {
  const { resourceGuid, ipAddress, privateEndpoint } = existing?.properties ?? {};
  return {
    ...(resourceGuid !== undefined && { resourceGuid }),
    ...(ipAddress !== undefined && { ipAddress }),
    ...(privateEndpoint !== undefined && { privateEndpoint }),
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
