import { deallocated } from '../../world/changes.ts';
import { healthyGlobalWorld, healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

export default {
  fires: [
    {
      when: 'all is well',
      world: () => healthyWorld({ sku: 'Gateway' }),
      on: '/loadBalancers/web-lb',
      affects: ['all'],
      kind: 'advice',
      severity: 'info',
      says: 'Whether the members of web-lb answer is not measured',
      cites: '.sku',
    },
    { when: 'a machine is off', world: () => change(healthyWorld({ sku: 'Gateway' }), deallocated('web-1')) },
  ],
  silent: [
    { when: 'it is Standard', world: () => healthyWorld({ internal: true }) },
    { when: 'it is Basic', world: () => healthyWorld({ sku: 'Basic' }) },
    { when: 'it is Global', world: () => healthyGlobalWorld() },
  ],
} satisfies RuleWorlds;
