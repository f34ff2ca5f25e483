import { deallocated, detached, gone, machineGone, nicAllows, nicGone, unguarded } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const open = () => change(healthyWorld(), unguarded());

export default {
  fires: [
    {
      when: 'neither the subnet nor an interface has a group',
      data: { ofInterface: null, ofSubnet: null },
      world: open,
      on: '/subnets/web-subnet',
      affects: ['https', 'web-pool/web-1-nic', 'web-pool/web-2-nic', 'web-pool/web-3-nic'],
      severity: 'critical',
      kind: 'fault',
      says: "Neither subnet web-subnet nor the members' interfaces in it have a network security group: clients of https are shut out.",
      types:
        'az network vnet subnet update --resource-group=shop-rg --subscription=3f2c1a9e-5b74-4c1d-9e0a-7d6b8c5e4f21 --vnet-name=shop-vnet --name=web-subnet --nsg=web-subnet-nsg',
    },
    {
      when: 'one of two interfaces has one',
      world: () => change(healthyWorld({ members: 2 }), unguarded(), nicAllows('web-1', { port: 8443 })),
      affects: ['https', 'web-pool/web-2-nic'],
      severity: 'high',
      types: '--destination-port-ranges 8443',
    },
    { when: 'members are named by address', world: () => change(healthyWorld({ membership: 'ip' }), unguarded()) },
    {
      when: 'every port is balanced',
      world: () =>
        change(
          healthyWorld({ balancingRules: [{ name: 'all', frontendPort: 0, backendPort: 0, protocol: 'All' }] }),
          unguarded(),
        ),
      types: '# Give the subnet a network security group',
    },
  ],
  silent: [
    { when: 'the subnet has one', world: () => healthyWorld() },
    {
      when: 'every interface has one',
      world: () => change(healthyWorld({ members: 1 }), unguarded(), nicAllows('web-1', { port: 8443 })),
    },
    { when: 'the frontend is internal', world: () => change(healthyWorld({ internal: true }), unguarded()) },
    { when: 'the SKU is Basic, open by default', world: () => change(healthyWorld({ sku: 'Basic' }), unguarded()) },
    {
      when: 'the machine is off',
      world: () => change(healthyWorld({ members: 1 }), unguarded(), deallocated('web-1')),
    },
    {
      when: 'the machine is gone',
      world: () => change(healthyWorld({ members: 1 }), unguarded(), machineGone('web-1')),
    },
    { when: 'the interface is gone', world: () => change(healthyWorld({ members: 1 }), unguarded(), nicGone('web-1')) },
    {
      when: 'nobody has the address',
      world: () =>
        change(healthyWorld({ members: 1, membership: 'ip' }), unguarded(), detached('web-1'), gone('web-1-nic')),
    },
  ],
} satisfies RuleWorlds;
