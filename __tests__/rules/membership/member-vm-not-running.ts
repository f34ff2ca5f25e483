import { adminState, deallocated } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

export default {
  fires: [
    {
      when: 'one machine is deallocated',
      data: { power: 'PowerState/deallocated' },
      world: () => change(healthyWorld(), deallocated('web-2')),
      on: '/virtualMachines/web-2',
      severity: 'high',
      affects: ['web-pool/web-2-nic'],
      says: 'web-2 is deallocated',
      types: 'az vm start',
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
