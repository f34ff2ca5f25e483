import { addedToLb, gone, nicGone, set } from '../../world/changes.ts';
import { healthyGlobalWorld, healthyWorld } from '../../world/healthy.ts';
import { change, resourceAt, SUBSCRIPTION } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const network = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-rg/providers/Microsoft.Network`;
const compute = network.replace('Microsoft.Network', 'Microsoft.Compute');
const scaleSet = `${compute}/virtualMachineScaleSets/web`;
const nics = (...names: readonly string[]) => names.map((name) => ({ id: `${network}/networkInterfaces/${name}` }));
const addresses = 'properties.backendAddressPools[web-pool].properties.loadBalancerBackendAddresses';

export default {
  fires: [
    {
      when: 'one machine is in the pool',
      data: { machines: 1 },
      world: () => healthyWorld({ members: 1 }),
      on: '/backendAddressPools/web-pool',
      severity: 'high',
      kind: 'risk',
      affects: ['https'],
      says: 'web-1-nic alone serves web-pool.',
      types: '# Put a second machine',
    },
    {
      when: 'two interfaces of one machine are in it',
      world: () =>
        change(
          healthyWorld({ members: 2 }),
          set('web-2', 'properties.networkProfile.networkInterfaces', []),
          set('web-1', 'properties.networkProfile.networkInterfaces', nics('web-1-nic', 'web-2-nic')),
        ),
      says: 'alone serves web-pool',
    },
    {
      when: 'one address is in it',
      world: () => healthyWorld({ membership: 'ip', members: 1 }),
      says: 'web-1 alone serves web-pool.',
    },
    {
      when: "one scale set's instance is in it",
      world: () => healthyWorld({ membership: 'uniform', members: 1 }),
      changes: '--new-capacity=2',
    },
    {
      when: 'the set is to have more than are there: they are on their way',
      world: () =>
        change(
          healthyWorld({ membership: 'uniform', members: 1 }),
          set(scaleSet, 'sku.capacity', 3),
          set(scaleSet, 'properties.provisioningState', 'Updating'),
        ),
      types: '# Scale set web has 3 instances: bring the others into web-pool',
    },
    {
      when: 'the set does not say how many it is to have',
      world: () =>
        change(healthyWorld({ membership: 'uniform', members: 1 }), set(scaleSet, 'sku.capacity', undefined)),
      types: '# Give scale set web one more instance',
    },
  ],
  silent: [
    { when: 'two machines are in the pool', world: () => healthyWorld({ members: 2 }) },
    {
      when: 'one of two is gone: that is told of it',
      world: () => change(healthyWorld({ members: 2 }), nicGone('web-2')),
    },
    {
      when: 'the scale set of all its instances is gone: that is told of each',
      world: () =>
        change(healthyWorld({ membership: 'uniform', members: 2 }), gone(`${compute}/virtualMachineScaleSets/web`)),
    },
    { when: 'two addresses are in it', world: () => healthyWorld({ membership: 'ip', members: 2 }) },
    {
      when: 'no balancing rule uses the pool with one',
      world: () =>
        change(
          healthyWorld({ pools: [{ name: 'web-pool' }, { name: 'spare-pool', members: 1 }] }),
          addedToLb('outboundRules', {
            name: 'out',
            properties: {
              protocol: 'All',
              backendAddressPool: { id: `${network}/loadBalancers/web-lb/backendAddressPools/spare-pool` },
            },
          }),
        ),
    },
    { when: 'the pool is empty', world: () => healthyWorld({ members: 0 }) },
    {
      when: 'one region is behind a Global load balancer',
      world: () => {
        const world = healthyGlobalWorld();
        const region = `${resourceAt(world, `${network.replace('shop-rg', 'shop-east-rg')}/loadBalancers/web-lb-east`).id}/frontendIPConfigurations/web-frontend`;
        return change(
          world,
          set(`${network}/loadBalancers/web-lb`, addresses, [
            { name: 'east', properties: { loadBalancerFrontendIPConfiguration: { id: region } } },
          ]),
        );
      },
    },
  ],
} satisfies RuleWorlds;
