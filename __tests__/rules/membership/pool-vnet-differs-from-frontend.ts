import { set } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change, SUBSCRIPTION } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const networks = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-rg/providers/Microsoft.Network/virtualNetworks`;
const pool = 'properties.backendAddressPools[web-pool].properties';
const address = (field: string, id: string | undefined) =>
  set(
    'web-lb',
    `${pool}.loadBalancerBackendAddresses[web-2].properties.${field}`,
    id === undefined ? undefined : { id },
  );
const nicIn = (id: string) => set('web-2-nic', 'properties.ipConfigurations[ipconfig1].properties.subnet', { id });
const internal = () => healthyWorld({ internal: true });
const internalIp = () => healthyWorld({ internal: true, membership: 'ip' });

export default {
  fires: [
    {
      when: 'an address is of another network',
      cites: '.subnet.id',
      world: () => change(internalIp(), address('virtualNetwork', `${networks}/other-vnet`)),
      on: '/backendAddressPools/web-pool/addresses/web-2',
      severity: 'high',
      kind: 'risk',
      affects: ['https', 'web-pool/web-2'],
      says: 'web-2 is in virtual network other-vnet, frontend web-frontend in shop-vnet.',
      types: '# No command moves',
    },
    {
      when: 'its subnet is',
      world: () =>
        change(
          internalIp(),
          address('virtualNetwork', undefined),
          address('subnet', `${networks}/other-vnet/subnets/web-subnet`),
        ),
      says: 'other-vnet',
    },
    {
      when: 'the network of the whole pool is',
      world: () =>
        change(
          internalIp(),
          address('virtualNetwork', undefined),
          set('web-lb', `${pool}.virtualNetwork`, { id: `${networks}/other-vnet` }),
        ),
      affects: ['https', 'web-pool/web-2'],
    },
    {
      when: "the interface's is",
      world: () => change(internal(), nicIn(`${networks}/other-vnet/subnets/web-subnet`)),
      on: '/networkInterfaces/web-2-nic',
    },
  ],
  silent: [
    { when: 'all are in one', world: internal },
    { when: 'all addresses are in one', world: internalIp },
    {
      when: 'the id is spelled otherwise',
      world: () => change(internal(), nicIn(`${networks}/SHOP-vnet/Subnets/web-subnet`)),
    },
    {
      when: 'the frontend is public',
      world: () => change(healthyWorld({ membership: 'ip' }), address('virtualNetwork', `${networks}/other-vnet`)),
    },
    { when: 'nothing says where it is', world: () => change(internalIp(), address('virtualNetwork', undefined)) },
  ],
} satisfies RuleWorlds;
