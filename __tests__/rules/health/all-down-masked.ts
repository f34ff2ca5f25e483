import { allProbedUp, healthReason, listenerStopped, nicGone } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const masked = () =>
  change(healthyWorld({ members: 2 }), allProbedUp(), listenerStopped('web-1'), listenerStopped('web-2'));

export default {
  fires: [
    {
      when: 'nobody answers and all are reported up',
      data: { forcedUp: 2, setting: 'AllProbedUp' },
      world: masked,
      on: '/loadBalancingRules/https',
      affects: ['https', 'web-pool/web-1-nic', 'web-pool/web-2-nic'],
      severity: 'critical',
      kind: 'fault',
      says: '0 members of https are healthy; 2 are reported up although all are down.',
    },
    {
      when: 'one of them is not even there',
      world: () =>
        change(
          healthyWorld({ members: 3 }),
          allProbedUp(),
          nicGone('web-3'),
          listenerStopped('web-1'),
          listenerStopped('web-2'),
        ),
      says: '2 are reported up',
      affects: ['https', 'web-pool/web-1-nic', 'web-pool/web-2-nic'],
    },
    {
      when: 'Azure spells the reason in another case',
      world: () => change(healthyWorld(), healthReason('web-1', 'up_probe_alldownisup', 'https', 'Up')),
      says: '1 is',
      types:
        "# Nothing in Azure's configuration explains it: ask a member of https itself, at its own address, on port 8443",
    },
  ],
  silent: [
    { when: 'all is well with the same setting', world: () => change(healthyWorld(), allProbedUp()) },
    { when: 'one member answers', world: () => change(healthyWorld(), allProbedUp(), listenerStopped('web-1')) },
    {
      when: 'all are down without the setting',
      world: () => change(healthyWorld({ members: 2 }), listenerStopped('web-1'), listenerStopped('web-2')),
    },
    { when: 'an administrator keeps one up', world: () => change(healthyWorld(), healthReason('web-1', 'Up_Admin')) },
  ],
} satisfies RuleWorlds;
