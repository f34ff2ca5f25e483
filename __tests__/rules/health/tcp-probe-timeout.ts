import { answersHttp, listenerStopped } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

export default {
  fires: [
    {
      when: 'nothing listens on the probe port of one member',
      world: () => change(healthyWorld(), listenerStopped('web-2')),
      on: '/loadBalancingRules/https',
      affects: ['https', 'web-pool/web-2-nic'],
    },
  ],
  silent: [
    { when: 'the member answers 404', world: () => change(healthyWorld(), answersHttp('web-2', 404)) },
    { when: 'all is well', world: () => healthyWorld() },
  ],
} satisfies RuleWorlds;
