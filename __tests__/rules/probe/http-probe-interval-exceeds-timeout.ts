import { probe } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

export default {
  fires: [
    {
      when: 'an HTTP probe asks every 31 seconds',
      world: () => change(healthyWorld(), probe({ interval: 31, threshold: 1 })),
      on: '/probes/web-probe',
      affects: ['https'],
      severity: 'info',
      kind: 'advice',
      says: 'every 31 seconds, but must be answered within 30',
      types: ['--interval=30', '--interval=31'],
    },
    { when: 'an HTTPS probe does', world: () => change(healthyWorld(), probe({ interval: 31, protocol: 'Https' })) },
  ],
  silent: [
    { when: 'it asks every 30 seconds', world: () => change(healthyWorld(), probe({ interval: 30 })) },
    { when: 'it is TCP', world: () => change(healthyWorld(), probe({ interval: 31, protocol: 'Tcp', path: null })) },
  ],
} satisfies RuleWorlds;
