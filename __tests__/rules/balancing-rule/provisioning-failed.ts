import { answers } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import type { Change } from '../../world/world.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const state = (part: string, value: string): Change => answers('web-lb', `properties.${part}provisioningState`, value);
const two = {
  balancingRules: [
    { name: 'https', frontendPort: 443, backendPort: 8443 },
    { name: 'http', frontendPort: 80, backendPort: 8443, probe: null },
  ],
};

export default {
  fires: [
    {
      when: 'the load balancer as a whole failed',
      world: () => change(healthyWorld(), state('', 'Failed')),
      on: '/loadBalancers/web-lb',
      affects: [],
      severity: 'high',
      kind: 'risk',
      says: '(provisioning state Failed of web-lb)',
      types: 'tags.triage=reput',
    },
    {
      when: 'a probe failed',
      world: () => change(healthyWorld(two), state('probes[web-probe].properties.', 'Failed')),
      affects: ['https'],
      says: 'of web-probe)',
    },
    {
      when: 'a pool failed',
      world: () => change(healthyWorld(two), state('backendAddressPools[web-pool].properties.', 'failed')),
      affects: ['http', 'https'],
    },
    {
      when: 'a balancing rule failed',
      world: () => change(healthyWorld(two), state('loadBalancingRules[http].properties.', 'Failed')),
      affects: ['http'],
    },
    {
      when: 'the whole and a part failed',
      world: () => change(healthyWorld(two), state('', 'Failed'), state('probes[web-probe].properties.', 'Failed')),
      affects: [],
      says: 'of web-lb, web-probe)',
    },
  ],
  silent: [
    { when: 'all succeeded', world: () => healthyWorld() },
    {
      when: 'it is being changed',
      world: () => change(healthyWorld(), state('', 'Updating'), state('probes[web-probe].properties.', 'Updating')),
    },
  ],
} satisfies RuleWorlds;
