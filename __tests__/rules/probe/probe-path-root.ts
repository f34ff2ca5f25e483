import { probe } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

export default {
  fires: [
    {
      when: 'it asks for the home page',
      data: { path: '/' },
      world: () => change(healthyWorld(), probe({ path: '/' })),
      on: '/probes/web-probe',
      affects: ['https'],
      severity: 'low',
      kind: 'advice',
      says: 'asks for "/"',
      types: '# Give the application a path that answers 200',
      omits: '--path=',
    },
  ],
  silent: [
    { when: 'it asks for a path of its own', world: () => healthyWorld() },
    { when: 'it is TCP', world: () => change(healthyWorld(), probe({ protocol: 'Tcp', path: '/' })) },
  ],
} satisfies RuleWorlds;
