import { machineNamed, nicNamed } from './finding.ts';
import { loadBalancerOf } from './healthy.ts';
import { itemsAt, textAt } from './json.ts';
import { firstName, withKeptAddress, withoutPool } from './membership.ts';
import { addressName, childId, idsOf, ipConfigurations, ipConfigurationsOf, nicIdsOf } from './relations.ts';
import { type Change, named, resourcesOf, withProperty } from './world.ts';

/** Nobody is in the pool, the first one unless named. */
export const emptyPool =
  (name?: string): Change =>
  (world) => {
    const lb = loadBalancerOf(world);
    const which = name ?? firstName(world, 'backendAddressPools');
    const poolId = childId(lb, 'backendAddressPools', which);
    const left = ipConfigurations(world).reduce((changed, { nic }) => withoutPool(changed, nic.id, poolId), world);
    return withProperty(
      left,
      lb.id,
      `properties.backendAddressPools[${which}].properties.loadBalancerBackendAddresses`,
      [],
    );
  };

/** The machine's NIC is in none of the pool's addresses, the first pool unless named. */
export const notInPool =
  (machineOrNic: string, pool?: string): Change =>
  (world) => {
    const lb = loadBalancerOf(world);
    return withoutPool(
      world,
      nicNamed(world, machineOrNic).id,
      childId(lb, 'backendAddressPools', pool ?? firstName(world, 'backendAddressPools')),
    );
  };

/** Admin state of a member in every pool it is in; for an IP pool the member's machine or address name. */
export const adminState =
  (member: string, state: 'Up' | 'Down' | 'None'): Change =>
  (world) => {
    const lb = loadBalancerOf(world);
    const pools = itemsAt(lb.properties, 'backendAddressPools');
    const ipPool = pools.find((pool) =>
      itemsAt(pool, 'properties', 'loadBalancerBackendAddresses').some(
        (address) => textAt(address, 'name') === member && textAt(address, 'properties', 'ipAddress') !== undefined,
      ),
    );
    if (ipPool !== undefined) {
      return withProperty(
        world,
        lb.id,
        `properties.backendAddressPools[${textAt(ipPool, 'name') ?? ''}].properties.loadBalancerBackendAddresses[${member}].properties.adminState`,
        state,
      );
    }
    return ipConfigurationsOf(nicNamed(world, member)).reduce((changed, configuration) => {
      const poolIds = idsOf(itemsAt(configuration.properties, 'loadBalancerBackendAddressPools'));
      return poolIds.reduce(
        (next, poolId) =>
          withKeptAddress(next, poolId, {
            name: addressName(configuration),
            properties: { adminState: state, networkInterfaceIPConfiguration: { id: configuration.id } },
          }),
        changed,
      );
    }, world);
  };

/** The instance was not brought to its set's model, and its NIC is not in the pool. */
export const instanceBehindModel =
  (instance: string): Change =>
  (world) => {
    const machine = machineNamed(world, instance);
    const lb = loadBalancerOf(world);
    const poolId = childId(lb, 'backendAddressPools', firstName(world, 'backendAddressPools'));
    const left = nicIdsOf(machine).reduce((changed, nicId) => withoutPool(changed, nicId, poolId), world);
    return withProperty(left, machine.id, 'properties.latestModelApplied', false);
  };

const modelPools =
  'properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[0].properties.ipConfigurations[0].properties.loadBalancerBackendAddressPools';

/** The scale set's model does not reference the pool; its instances are in it all the same. */
export const modelLacksPool =
  (scaleSet?: string): Change =>
  (world) => {
    const [first] = resourcesOf(world, 'Microsoft.Compute/virtualMachineScaleSets');
    return withProperty(
      world,
      scaleSet === undefined ? (first?.id ?? '') : named(world, scaleSet).id,
      modelPools,
      undefined,
    );
  };
