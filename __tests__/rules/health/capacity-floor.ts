import {
  adminState,
  availability,
  deallocated,
  healthDenied,
  healthReason,
  listenerStopped,
} from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { clusterWorld } from '../../world/shapes/cluster.ts';
import { change, type World } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const stopped = (members: number, ...down: readonly number[]): World =>
  down.reduce((world, at) => change(world, listenerStopped(`web-${at}`)), healthyWorld({ members }));

export default {
  fires: [
    {
      when: 'one of two is left',
      world: () => stopped(2, 2),
      on: '/loadBalancingRules/https',
      affects: ['https', 'web-pool/web-2-nic'],
      severity: 'high',
      kind: 'risk',
      says: 'https runs on 1 of 2 members.',
    },
    { when: 'two of five are left', world: () => stopped(5, 1, 2, 3), says: '2 of 5' },
    {
      when: 'one is down, one off and one left',
      world: () => change(stopped(3, 1), deallocated('web-2')),
      affects: ['https', 'web-pool/web-1-nic', 'web-pool/web-2-nic'],
      says: '1 of 3',
    },
    {
      when: 'an administrator took out all but one',
      world: () => change(healthyWorld({ members: 2 }), adminState('web-2', 'Down')),
    },
  ],
  silent: [
    { when: 'all is well', world: () => healthyWorld() },
    { when: 'there is one member and it is up', world: () => healthyWorld({ members: 1 }) },
    { when: 'half are left, and more than one', world: () => stopped(4, 1, 2) },
    { when: 'none is left', world: () => stopped(2, 1, 2) },
    {
      when: 'it is a cluster with one active node',
      world: () =>
        clusterWorld({
          name: 'web-lb',
          group: 'shop-rg',
          nodes: 'web',
          listeners: [{ name: 'ag', probePort: 59999, active: [1] }],
        }),
    },
    {
      when: 'two were not probed yet',
      world: () =>
        change(
          healthyWorld(),
          healthReason('web-1', 'NA', 'https', 'Unknown'),
          healthReason('web-2', 'NA', 'https', 'Unknown'),
        ),
    },
    {
      when: 'the metric says nothing of two',
      world: () =>
        change(
          healthyWorld(),
          healthDenied(),
          availability('web-1', [0, 100, 0, 100, 0, 100]),
          availability('web-2', []),
        ),
    },
  ],
} satisfies RuleWorlds;
