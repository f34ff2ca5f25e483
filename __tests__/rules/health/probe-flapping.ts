import { healthReason, listenerStopped, probe } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

export default {
  fires: [
    {
      when: 'an up member failed its last probe',
      world: () =>
        change(
          healthyWorld(),
          probe({ interval: 5, threshold: 3 }),
          healthReason('web-2', 'Up_Probe_ApproachingUnhealthyThreshold'),
        ),
      on: '/loadBalancingRules/https',
      affects: ['https', 'web-pool/web-2-nic'],
      severity: 'medium',
      kind: 'risk',
      says: '(Up_Probe_ApproachingUnhealthyThreshold)',
      types: 'web-probe asks every 5 seconds and goes by 3 in a row',
    },
    {
      when: 'a down member answered its last probe',
      explains: ['rule-partially-down'],
      world: () => change(healthyWorld(), healthReason('web-2', 'Down_Probe_ApproachingHealthyThreshold')),
      affects: ['https', 'web-pool/web-2-nic'],
      says: '(Down_Probe_ApproachingHealthyThreshold)',
      types: 'azlb triage',
    },
  ],
  silent: [
    { when: 'all is well', world: () => healthyWorld() },
    { when: 'a member is steadily down', world: () => change(healthyWorld(), listenerStopped('web-2')) },
  ],
} satisfies RuleWorlds;
