import {
  deallocated,
  detached,
  healthDenied,
  listenerStopped,
  metricsDenied,
  withoutProbe,
} from '../../world/changes.ts';
import { healthyGlobalWorld, healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

export default {
  fires: [
    {
      when: 'a machine is off',
      world: () => change(healthyWorld(), deallocated('web-2')),
      on: '/loadBalancingRules/https',
      affects: ['https', 'web-pool/web-2-nic'],
      severity: 'medium',
      kind: 'risk',
      says: 'Azure reports health for 2 of the 3 members of https; web-2-nic missing.',
    },
    {
      when: 'no machine runs',
      world: () => change(healthyWorld({ members: 2 }), deallocated('web-1'), deallocated('web-2')),
      says: '0 of the 2 members of https; web-1-nic, web-2-nic missing',
    },
    {
      when: 'an interface has no machine',
      world: () => change(healthyWorld(), detached('web-1')),
      says: 'web-1-nic missing',
    },
  ],
  silent: [
    { when: 'all is well', world: () => healthyWorld() },
    { when: 'a member is down and named', world: () => change(healthyWorld(), listenerStopped('web-2')) },
    {
      when: 'the balancing rule has no probe',
      world: () => change(healthyWorld(), withoutProbe(), deallocated('web-2')),
    },
    { when: 'it is a Global load balancer', world: () => healthyGlobalWorld() },
    { when: 'it is a Gateway', world: () => healthyWorld({ sku: 'Gateway' }) },
    { when: 'only the metric can be read', world: () => change(healthyWorld(), healthDenied(), deallocated('web-2')) },
    {
      when: 'nothing can be read',
      world: () => change(healthyWorld(), healthDenied(), metricsDenied(), deallocated('web-2')),
    },
  ],
} satisfies RuleWorlds;
