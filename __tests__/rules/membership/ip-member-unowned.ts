import { also, detached, fault, gone, nicGone, set } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change, SUBSCRIPTION } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const pool = 'properties.backendAddressPools[web-pool].properties';
const ip = (shape = {}) => healthyWorld({ membership: 'ip', ...shape });
const nobody = set('web-lb', `${pool}.loadBalancerBackendAddresses[web-2].properties.ipAddress`, '10.20.0.99');
const group = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-rg/providers`;
const nicName = 'Microsoft.Compute/virtualMachineScaleSets/jobs/virtualMachines/1/networkInterfaces/jobs-nic';
const instanceHasIt = also({
  id: `${group}/${nicName}`,
  name: 'jobs-nic',
  type: 'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/networkInterfaces',
  properties: {
    ipConfigurations: [
      {
        name: 'ipconfig1',
        properties: {
          privateIPAddress: '10.20.0.99',
          subnet: { id: `${group}/Microsoft.Network/virtualNetworks/shop-vnet/subnets/web-subnet` },
        },
      },
    ],
  },
});

export default {
  fires: [
    {
      when: 'nobody in the network has the address',
      data: { address: '10.20.0.99', available: true },
      explains: ['rule-partially-down', 'tcp-probe-timeout'],
      world: () => change(ip(), nobody),
      on: '/backendAddressPools/web-pool/addresses/web-2',
      severity: 'medium',
      kind: 'fault',
      affects: ['web-pool/web-2'],
      says: 'web-2 (10.20.0.99) is a member of web-pool, and nobody has that address.',
      types: 'az network lb address-pool address remove',
    },
    {
      when: 'the interface that had it is gone',
      world: () => change(ip(), gone('web-2-nic')),
      affects: ['web-pool/web-2'],
    },
    {
      when: 'no balancing rule uses the pool',
      world: () => {
        const spare =
          'properties.backendAddressPools[spare-pool].properties.loadBalancerBackendAddresses[spare-2].properties.ipAddress';
        return change(
          ip({ pools: [{ name: 'web-pool' }, { name: 'spare-pool' }] }),
          set('web-lb', spare, '10.20.0.99'),
        );
      },
      severity: 'info',
      kind: 'advice',
    },
  ],
  silent: [
    { when: 'a machine has each address', world: () => ip() },
    { when: 'the interface with the address has no machine', world: () => change(ip(), detached('web-2')) },
    { when: "a scale set's instance has it, which no list shows", world: () => change(ip(), nobody, instanceHasIt) },
    {
      when: 'addresses are put in before their machines',
      world: () => change(ip(), nobody, set('web-lb', `${pool}.syncMode`, 'Manual')),
    },
    {
      when: "a cluster's pods have addresses",
      world: () => change(ip({ tags: { 'aks-managed-cluster-name': 'shop' } }), nobody),
    },
    {
      when: 'the network may not be asked',
      world: () => change(ip(), nobody, fault({ on: /CheckIPAddressAvailability/, kind: 'denied' })),
    },
    { when: "a NIC pool's interface is gone", world: () => change(healthyWorld(), nicGone('web-2')) },
  ],
} satisfies RuleWorlds;
