import { set } from '../../world/changes.ts';
import { healthyGlobalWorld, healthyWorld } from '../../world/healthy.ts';
import { change, SUBSCRIPTION } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const network = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-rg/providers/Microsoft.Network/virtualNetworks/shop-vnet`;
const pool = 'properties.backendAddressPools[web-pool].properties';
const without = (name: string) =>
  set('web-lb', `${pool}.loadBalancerBackendAddresses[${name}].properties.virtualNetwork`, undefined);
const ip = (shape = {}) => healthyWorld({ membership: 'ip', members: 2, ...shape });

export default {
  fires: [
    {
      when: 'one address says no virtual network',
      data: { address: '10.20.0.5', network: null, subnet: null, poolNetwork: null },
      cites: '.virtualNetwork',
      world: () => change(ip(), without('web-2')),
      on: '/backendAddressPools/web-pool/addresses/web-2',
      severity: 'high',
      kind: 'risk',
      affects: ['web-pool/web-2'],
      says: 'web-2 (10.20.0.5) in web-pool has no virtual network.',
      types: `--name=web-2 --vnet=${network}`,
    },
    {
      when: 'none does, and the frontend is internal',
      world: () => change(ip({ internal: true }), without('web-1'), without('web-2')),
      types: `--vnet=${network}`,
    },
    {
      when: 'nothing says which network it could be',
      world: () => change(ip(), without('web-1'), without('web-2')),
      types: '# Set the virtual network of web-1',
    },
  ],
  silent: [
    { when: 'each address says its network', world: () => ip() },
    {
      when: 'the address says its subnet',
      world: () =>
        change(
          ip(),
          without('web-2'),
          set('web-lb', `${pool}.loadBalancerBackendAddresses[web-2].properties.subnet`, {
            id: `${network}/subnets/web-subnet`,
          }),
        ),
    },
    {
      when: 'the pool says it for all',
      world: () => change(ip(), without('web-2'), set('web-lb', `${pool}.virtualNetwork`, { id: network })),
    },
    { when: 'members are interfaces', world: () => healthyWorld() },
    { when: 'members are regional load balancers', world: () => healthyGlobalWorld() },
  ],
} satisfies RuleWorlds;
