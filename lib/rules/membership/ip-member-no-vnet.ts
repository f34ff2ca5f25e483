import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { notice } from '../../steps/looking.ts';
import { placeAddress } from '../../steps/pool.ts';
import type { LoadBalancer, Member } from '../../topology/model.ts';
import { everyMember } from '../../topology/subjects.ts';
import { counted } from '../../words/counted.ts';
import { citeReference } from '../reference.ts';
import { memberCount, membersIn, poolsIn } from '../together.ts';

// Whether the address lies within its network's address space is for ip-member-unowned: nobody has it there.
export default defineRule({
  id: 'ip-member-no-vnet',
  layer: 'existence',
  kind: 'risk',
  severity: 'high',
  title: 'An address in a pool without a virtual network',
  why: 'An address alone says nothing of where it is. Without a virtual network or subnet on it or on its pool, Azure can not send traffic to it.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/backend-pool-management#configure-backend-pool-by-ip-address-and-virtual-network',
  about: everyMember,
  check: ({ member, pool }) => {
    if (member.ipAddress === undefined || member.nicId !== undefined || networkOf(member) !== undefined)
      return undefined;
    return {
      facts: {
        address: cite(member, 'ipAddress'),
        network: citeReference(member, 'virtualNetwork', undefined),
        subnet: citeReference(member, 'subnet', undefined),
        poolNetwork: citeReference(pool, 'virtualNetwork', undefined),
      },
      detail: undefined,
    };
  },
  message: ({ address }, { member, pool }) => `${member.name} (${address}) in ${pool.name} has no virtual network.`,
  fix: (_, { member, pool, loadBalancer }) => {
    const virtualNetworkId = likelyNetwork(pool.members, loadBalancer);
    if (virtualNetworkId === undefined || member.addressName === undefined) {
      return [notice(`Set the virtual network of ${member.name}: az network lb address-pool address update --vnet`)];
    }
    return placeAddress({ poolId: pool.id, address: member.addressName, virtualNetworkId });
  },
  together: {
    by: ({ subject: { pool } }) => pool.id,
    message: (all) =>
      `${counted(memberCount(all), 'address', 'addresses')} in ${poolsIn(all)} have no virtual network: ${membersIn(all)}.`,
  },
});

function networkOf({ virtualNetworkId, subnetId, pool }: Member): string | undefined {
  return virtualNetworkId ?? subnetId ?? pool.virtualNetworkId;
}

/** Where the other members are, or an internal frontend: all must be in one network. */
function likelyNetwork(members: readonly Member[], { frontends }: LoadBalancer): string | undefined {
  const [inSubnet] = frontends.flatMap(({ subnetId }) => (subnetId === undefined ? [] : [subnetId]));
  const sibling = members.find(({ virtualNetworkId }) => virtualNetworkId !== undefined);
  return sibling?.virtualNetworkId ?? inSubnet?.split(/\/subnets\//i)[0];
}
