import { failure, notFound, type Response } from './arm-answers.ts';
import { effectiveRefusal, effectiveRoutes, effectiveSecurityGroups } from './effective-rules.ts';
import { healthBody, healthRefusal } from './health.ts';
import { itemsAt, type Json, objectAt, textAt, textsAt } from './json.ts';
import { idOf, ipConfigurationsOf, lastName, nicIdsOf, prefixesOf, subnetAt } from './relations.ts';
import { answered } from './view.ts';
import { type Guest, type Resource, type World, withProperty } from './world.ts';

/** The result of a POST action, or why it is refused. */
export function act(world: World, path: string): { readonly result: Json } | Response {
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
      ? { result: answered(world, path, healthBody(world, lb, balancingRule)) }
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

/** The world after machines were started, stopped, deallocated or brought to their set's model; undefined for other actions. */
export function afterAction(world: World, path: string, body: Json | undefined): World | undefined {
  const action = lastName(path).toLowerCase();
  const target = world.resources.get(path.split('/').slice(0, -1).join('/').toLowerCase());
  if (target === undefined) return undefined;
  const isSet = target.type.toLowerCase() === 'microsoft.compute/virtualmachinescalesets';
  const machines = isSet ? instancesOf(world, target, body) : [target];
  if (isSet && action === 'manualupgrade')
    return machines.reduce((changed, each) => upgraded(changed, target, each), world);
  const power = POWER_AFTER[action];
  return power === undefined ? undefined : machines.reduce((changed, each) => withPower(changed, each, power), world);
}

function instancesOf(world: World, set: Resource, body: Json | undefined): readonly Resource[] {
  const wanted = textsAt(body, 'instanceIds');
  const under = `${set.id.toLowerCase()}/virtualmachines/`;
  return [...world.resources.values()].filter(
    ({ id, instanceId }) =>
      typeof instanceId === 'string' &&
      id.toLowerCase().startsWith(under) &&
      (wanted.length === 0 || wanted.includes(instanceId)),
  );
}

function withPower(world: World, { id }: Resource, power: Guest['power']): World {
  const guest = world.guests.get(id.toLowerCase());
  return guest === undefined
    ? world
    : { ...world, guests: new Map(world.guests).set(id.toLowerCase(), { ...guest, power }) };
}

/** The instance's NIC gets the pools that the set's model has. */
function upgraded(world: World, set: Resource, instance: Resource): World {
  const [model] = itemsAt(set.properties, 'virtualMachineProfile', 'networkProfile', 'networkInterfaceConfigurations');
  const [configuration] = itemsAt(model, 'properties', 'ipConfigurations');
  const pools = itemsAt(configuration, 'properties', 'loadBalancerBackendAddressPools');
  return nicIdsOf(instance).reduce(
    (changed, nicId) =>
      withProperty(changed, nicId, 'properties.ipConfigurations[0].properties.loadBalancerBackendAddressPools', pools),
    withProperty(world, instance.id, 'properties.latestModelApplied', true),
  );
}
