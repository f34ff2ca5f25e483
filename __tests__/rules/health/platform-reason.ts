import { healthReason, listenerStopped } from '../../world/changes.ts';
import { healthyGlobalWorld, healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

export default {
  fires: [
    {
      when: 'a member is down by the platform',
      world: () => change(healthyWorld(), healthReason('web-2', 'Down_Platform')),
      on: '/loadBalancingRules/https',
      affects: ['https', 'web-pool/web-2-nic'],
      severity: 'high',
      kind: 'fault',
      says: 'https, which is down (Down_Platform)',
      types: '# If it stays: a support request',
    },
    {
      when: 'all are down by the platform',
      world: () =>
        change(
          healthyWorld({ members: 2 }),
          healthReason('web-1', 'Down_Platform'),
          healthReason('web-2', 'Down_Platform'),
        ),
      severity: 'critical',
    },
    {
      when: 'a member is up in spite of the platform',
      world: () => change(healthyWorld({ members: 1 }), healthReason('web-1', 'Up_Platform')),
      severity: 'medium',
      kind: 'risk',
      says: 'which is up (Up_Platform)',
    },
  ],
  silent: [
    { when: 'all is well', world: () => healthyWorld() },
    { when: 'a member is down for a reason of its own', world: () => change(healthyWorld(), listenerStopped('web-2')) },
    {
      when: 'it is a Global one over a regional pool without machines',
      world: () => change(healthyGlobalWorld(), healthReason('web-lb-east-address', 'Down_Platform', 'https')),
    },
  ],
} satisfies RuleWorlds;
