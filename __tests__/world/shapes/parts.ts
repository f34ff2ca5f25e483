import { set } from '../change-anything.ts';
import { loadBalancerOf } from '../healthy.ts';
import { isObject, itemsAt, type Json, type JsonObject, objectAt, textAt } from '../json.ts';
import { childId, idsOf, nics } from '../relations.ts';
import {
  asResource,
  type Change,
  change,
  named,
  type Resource,
  type World,
  withProperty,
  withResource,
} from '../world.ts';

/** The group of the members' subnet has these security rules instead of its own, at 200, 210, … where they don't say. */
export const guardedBy =
  (...rules: readonly JsonObject[]): Change =>
  (world) =>
    withProperty(
      world,
      named(world, 'web-nsg').id,
      'properties.securityRules',
      rules.map(({ name, ...fields }, index) => ({
        name: name ?? `rule-${index + 1}`,
        properties: {
          protocol: 'Tcp',
          sourcePortRange: '*',
          ...(fields.destinationAddressPrefixes === undefined &&
            fields.destinationApplicationSecurityGroups === undefined && { destinationAddressPrefix: '*' }),
          access: 'Allow',
          direction: 'Inbound',
          priority: 200 + 10 * index,
          ...fields,
        },
      })),
    );

/** A group as it is where a platform made it: it says by whom. */
export const groupManagedBy =
  (group: string, managedBy: string): Change =>
  (world) => {
    const id = `/subscriptions/${world.subscription}/resourceGroups/${group}`;
    return withResource(
      world,
      asResource({
        id,
        name: group,
        type: 'Microsoft.Resources/resourceGroups',
        location: 'westeurope',
        managedBy,
        properties: { provisioningState: 'Succeeded' },
      }),
    );
  };

/** Every interface that is in some pool of the load balancer is in this one as well. */
export const everyoneAlsoIn =
  (pool: string): Change =>
  (world) => {
    const id = childId(loadBalancerOf(world), 'backendAddressPools', pool);
    return nics(world).reduce((changed, nic) => {
      const configurations = itemsAt(nic.properties, 'ipConfigurations').map((each) => {
        const pools = itemsAt(each, 'properties', 'loadBalancerBackendAddressPools');
        return idsOf(pools).length === 0
          ? each
          : {
              ...each,
              properties: { ...objectAt(each, 'properties'), loadBalancerBackendAddressPools: [...pools, { id }] },
            };
      });
      return withProperty(changed, nic.id, 'properties.ipConfigurations', configurations);
    }, world);
  };

/** The members' interfaces pass on what is not for them, as those of appliances do. */
export const forwarding: Change = (world) =>
  nics(world).reduce((changed, nic) => withProperty(changed, nic.id, 'properties.enableIPForwarding', true), world);

/** Azure writes ids in the letter case that somebody once typed; here all of them are in lower case. */
export function idsInLowerCase(world: World): World {
  const lowered = (value: Json | undefined): Json | undefined => {
    if (typeof value === 'string')
      return value.toLowerCase().startsWith('/subscriptions/') ? value.toLowerCase() : value;
    if (Array.isArray(value)) return value.map((each: Json) => lowered(each) ?? null);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, lowered(each)]));
  };
  const resources = [...world.resources].map(([key, resource]): readonly [string, Resource] => {
    const body = lowered(resource);
    return [key, asResource(isObject(body) ? body : {})];
  });
  return { ...world, resources: new Map(resources) };
}

/** In the pool is a second address of the machine's interface instead of its first. */
export const secondAddressInPool =
  (nicName: string): Change =>
  (world) => {
    const nic = named(world, nicName);
    const [first] = itemsAt(nic.properties, 'ipConfigurations');
    const properties = objectAt(first, 'properties');
    const { loadBalancerBackendAddressPools: pools, ...others } = properties;
    const address = (textAt(properties, 'privateIPAddress') ?? '').replace(/\.\d+\.(\d+)$/, '.8.$1');
    return withProperty(world, nic.id, 'properties.ipConfigurations', [
      { ...first, properties: others },
      {
        name: 'ipconfig2',
        properties: {
          ...others,
          privateIPAddress: address,
          primary: false,
          ...(pools !== undefined && { loadBalancerBackendAddressPools: pools }),
        },
      },
    ]);
  };

/** The machine has a first interface elsewhere; the one in the pool is its second. */
export const byItsSecondInterface =
  (machine: string): Change =>
  (world) => {
    const nic = named(world, `${machine}-nic`);
    const [first] = itemsAt(nic.properties, 'ipConfigurations');
    const { loadBalancerBackendAddressPools: _, ...others } = objectAt(first, 'properties');
    const address = (textAt(others, 'privateIPAddress') ?? '').replace(/\.\d+\.(\d+)$/, '.9.$1');
    const front = asResource({
      ...nic,
      id: `${nic.id}-front`,
      name: `${nic.name}-front`,
      properties: {
        ...nic.properties,
        ipConfigurations: [{ name: 'ipconfig1', properties: { ...others, privateIPAddress: address } }],
      },
    });
    return change(
      withResource(world, front),
      set(machine, 'properties.networkProfile.networkInterfaces', [
        { id: front.id, properties: { primary: true } },
        { id: nic.id, properties: { primary: false } },
      ]),
    );
  };
