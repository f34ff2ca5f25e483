import { adminState, deallocated, power, set, stopped } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const spare = () => healthyWorld({ pools: [{ name: 'web-pool' }, { name: 'spare-pool' }] });

export default {
  fires: [
    {
      when: 'it is stopped, and billed on',
      world: () => change(healthyWorld(), stopped('web-2')),
      says: 'web-2 is stopped, and is a member of web-pool',
      types: ['az vm start', 'az vm stop'],
    },
    { when: 'it is stopping', world: () => change(healthyWorld(), power('web-2', 'stopping')), types: 'az vm stop' },
    {
      when: 'it is being deallocated',
      world: () => change(healthyWorld(), power('web-2', 'deallocating')),
      types: 'az vm deallocate',
    },
    {
      when: 'it is a Spot machine',
      world: () => change(healthyWorld(), deallocated('web-2'), set('web-2', 'properties.priority', 'Spot')),
      says: 'web-2 is deallocated (a Spot machine: Azure may have evicted it), and is a member',
    },
    {
      when: "it is a scale set's instance",
      world: () => change(healthyWorld({ membership: 'uniform' }), deallocated('web_2')),
      types: ['az vmss start', 'az vmss deallocate', '--instance-ids 2'],
    },
    {
      when: 'no balancing rule uses the pool',
      world: () => change(spare(), deallocated('spare-2')),
      severity: 'info',
      kind: 'advice',
    },

    {
      when: 'one machine is deallocated',
      data: { power: 'PowerState/deallocated' },
      world: () => change(healthyWorld(), deallocated('web-2')),
      on: '/virtualMachines/web-2',
      severity: 'high',
      affects: ['web-pool/web-2-nic'],
      says: 'web-2 is deallocated',
      types: ['az vm start', 'az vm deallocate'],
    },
    {
      when: "a Gateway's appliance is deallocated",
      world: () => change(healthyWorld({ sku: 'Gateway' }), deallocated('web-2')),
      on: '/virtualMachines/web-2',
      kind: 'fault',
    },
    {
      when: 'an operator took the member out first',
      world: () => change(healthyWorld(), deallocated('web-2'), adminState('web-2', 'Down')),
      severity: 'info',
      kind: 'advice',
    },
  ],
  silent: [{ when: 'every machine runs', world: () => healthyWorld() }],
} satisfies RuleWorlds;
