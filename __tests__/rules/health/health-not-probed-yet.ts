import { healthDenied, healthReason, listenerStopped } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

export default {
  fires: [
    {
      when: 'Azure answers NA for one',
      data: { reason: 'NA' },
      world: () => change(healthyWorld(), healthReason('web-2', 'NA', 'https', 'Unknown')),
      on: '/loadBalancingRules/https',
      affects: ['https', 'web-pool/web-2-nic'],
      severity: 'info',
      kind: 'advice',
      says: 'A member of https has not been probed yet.',
      types: 'azlb triage',
    },
  ],
  silent: [
    { when: 'all is well', world: () => healthyWorld() },
    { when: 'a member is down', world: () => change(healthyWorld(), listenerStopped('web-2')) },
    {
      when: 'the reason can not be read',
      world: () => change(healthyWorld(), healthDenied(), healthReason('web-2', 'NA', 'https', 'Unknown')),
    },
  ],
} satisfies RuleWorlds;
