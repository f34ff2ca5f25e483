import { loadBalancerOf } from './healthy.ts';
import { itemsAt, type Json, type JsonObject, objectAt } from './json.ts';
import { firstName } from './membership.ts';
import { type Change, withProperty } from './world.ts';

const setOnLb =
  (path: string, value: Json | undefined): Change =>
  (world) =>
    withProperty(world, loadBalancerOf(world).id, path, value);

/** Changes fields of a probe, the first one unless named. `path` is its requestPath, `interval` its intervalInSeconds. */
export const probe =
  (
    {
      path,
      interval,
      threshold,
      ...fields
    }: JsonObject & { readonly path?: string | null; readonly interval?: number; readonly threshold?: number },
    name?: string,
  ): Change =>
  (world) => {
    const lb = loadBalancerOf(world);
    const which = name ?? firstName(world, 'probes');
    const own = itemsAt(lb.properties, 'probes').find((each) => each.name === which);
    const { requestPath, ...others } = { ...objectAt(own, 'properties'), ...fields };
    const changedPath = path === undefined ? requestPath : (path ?? undefined);
    return setOnLb(`properties.probes[${which}].properties`, {
      ...others,
      ...(changedPath !== undefined && { requestPath: changedPath }),
      ...(interval !== undefined && { intervalInSeconds: interval }),
      ...(threshold !== undefined && { probeThreshold: threshold }),
    })(world);
  };

export const withoutProbe =
  (balancingRule?: string): Change =>
  (world) =>
    setOnLb(
      `properties.loadBalancingRules[${balancingRule ?? firstName(world, 'loadBalancingRules')}].properties.probe`,
      undefined,
    )(world);

/** Changes fields of a balancing rule, the first one unless named. */
export const balancingRule =
  (fields: JsonObject, name?: string): Change =>
  (world) => {
    const which = name ?? firstName(world, 'loadBalancingRules');
    const own = itemsAt(loadBalancerOf(world).properties, 'loadBalancingRules').find((each) => each.name === which);
    return setOnLb(`properties.loadBalancingRules[${which}].properties`, { ...objectAt(own, 'properties'), ...fields })(
      world,
    );
  };

export const allProbedUp = (name?: string): Change => probe({ noHealthyBackendsBehavior: 'AllProbedUp' }, name);

/** Puts a child (`probes`, `loadBalancingRules`, `outboundRules`, …) into the load balancer. */
export const addedToLb =
  (collection: string, child: JsonObject): Change =>
  (world) => {
    const lb = loadBalancerOf(world);
    return withProperty(world, lb.id, `properties.${collection}`, [...itemsAt(lb.properties, collection), child]);
  };
