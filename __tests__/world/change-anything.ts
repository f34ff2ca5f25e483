import type { Json, JsonObject } from './json.ts';
import { asResource, type Change, named, withoutResource, withProperty, withResource } from './world.ts';

/** Sets what is stored: `set('web-lb', 'properties.probes[web-probe].properties.port', 9000)`; undefined removes. */
export const set =
  (idOrName: string, path: string, value: Json | undefined): Change =>
  (world) =>
    withProperty(world, idOrName, path, value);

/** Makes Azure answer so in spite of what is stored: a stale back-reference, a null, other letter case. */
export const answers =
  (idOrName: string, path: string, value: Json | undefined): Change =>
  (world) => ({
    ...world,
    answers: [
      ...world.answers,
      [(idOrName.startsWith('/') ? idOrName : named(world, idOrName).id).toLowerCase(), path, value],
    ],
  });

/** A resource besides those of the healthy world. */
export const also =
  (body: JsonObject): Change =>
  (world) =>
    withResource(world, asResource(body));

/** The resource is deleted; what refers to it still does. */
export const gone =
  (idOrName: string): Change =>
  (world) =>
    withoutResource(world, idOrName.startsWith('/') ? idOrName : named(world, idOrName).id);
