import { probe } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

export default {
  fires: [
    {
      when: 'four intervals of sixteen seconds go by',
      world: () => change(healthyWorld(), probe({ interval: 16, threshold: 4 })),
      on: '/probes/web-probe',
      affects: ['https'],
      severity: 'low',
      kind: 'advice',
      says: 'after 64 seconds',
      types: '--interval=16 --probe-threshold=4',
    },
    {
      when: 'one long interval does, with no threshold',
      world: () => change(healthyWorld(), probe({ interval: 61, probeThreshold: null })),
      says: 'after 61 seconds',
      types: '--interval=15 --probe-threshold=2',
    },
  ],
  silent: [
    { when: 'it is a minute exactly', world: () => change(healthyWorld(), probe({ interval: 15, threshold: 4 })) },
    { when: 'it is half a minute', world: () => healthyWorld() },
  ],
} satisfies RuleWorlds;
