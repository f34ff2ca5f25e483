import type { Member } from '../topology/model.ts';
import { notice } from './looking.ts';
import { removeAddress, removeNic } from './pool.ts';
import type { Step } from './step.ts';

/** Takes a member out of its pool, by the way that its kind of membership allows. */
export function leavePool(member: Member): readonly Step[] {
  const { pool, instance, ipConfigurationId, ipAddress, addressName } = member;
  const poolId = pool.id;
  if (instance) {
    return [
      notice(
        `An instance's interface can't be edited: delete instance ${instance.instanceId} of ${instance.scaleSet}, or take ${pool.name} out of the set's model`,
      ),
    ];
  }
  if (ipConfigurationId !== undefined) return removeNic({ poolId, ipConfigurationId });
  if (ipAddress === undefined || addressName === undefined) return [];
  const { subnetId, adminState } = member;
  const virtualNetworkId = member.virtualNetworkId ?? (subnetId === undefined ? pool.virtualNetworkId : undefined);
  return removeAddress({ poolId, address: addressName, ip: ipAddress, virtualNetworkId, subnetId, adminState });
}
