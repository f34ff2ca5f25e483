import { answers } from './change-anything.ts';
import { machineNamed, nicNamed, withGuest } from './finding.ts';
import { itemsAt } from './json.ts';
import { withKeptAddress } from './membership.ts';
import { idOf, idsOf, ipConfigurationsOf, nicIdsOf, sameId } from './relations.ts';
import { guid } from './shape.ts';
import { type Change, type Power, withoutResource, withProperty } from './world.ts';

export const power =
  (machine: string, state: Power): Change =>
  (world) =>
    withGuest(world, machine, { power: state });
export const deallocated = (machine: string): Change => power(machine, 'deallocated');
export const stopped = (machine: string): Change => power(machine, 'stopped');

export const agentNotReady =
  (machine: string): Change =>
  (world) =>
    withGuest(world, machine, { agentReady: false });

/** The machine is deleted; its NIC still names it, as after a deletion that stopped half-way. */
export const machineGone =
  (machine: string): Change =>
  (world) => {
    const gone = machineNamed(world, machine);
    return nicIdsOf(gone).reduce(
      (changed, id) => answers(id, 'properties.virtualMachine', { id: gone.id })(changed),
      withoutResource(world, gone.id),
    );
  };

/** The NIC stays in the pool and belongs to no machine. */
export const detached =
  (machine: string): Change =>
  (world) => {
    const nic = nicNamed(world, machine);
    const owner = machineNamed(world, machine);
    const others = itemsAt(owner.properties, 'networkProfile', 'networkInterfaces').filter(
      (each) => !sameId(idOf(each), nic.id),
    );
    return withProperty(world, owner.id, 'properties.networkProfile.networkInterfaces', others);
  };

/** The NIC is deleted; its machine and the pools it was in still name it. */
export const nicGone =
  (machineOrNic: string): Change =>
  (world) => {
    const nic = nicNamed(world, machineOrNic);
    const memberships = ipConfigurationsOf(nic).flatMap((configuration) =>
      idsOf(itemsAt(configuration.properties, 'loadBalancerBackendAddressPools')).map((poolId) => ({
        configuration,
        poolId,
      })),
    );
    return memberships.reduce(
      (changed, { configuration, poolId }) =>
        withKeptAddress(changed, poolId, {
          name: guid(configuration.id),
          properties: { networkInterfaceIPConfiguration: { id: configuration.id } },
        }),
      withoutResource(world, nic.id),
    );
  };
