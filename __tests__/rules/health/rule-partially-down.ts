import {
  adminState,
  availability,
  balancingRule,
  healthDenied,
  healthReason,
  listenerStopped,
  set,
} from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { clusterWorld } from '../../world/shapes/cluster.ts';
import { type Change, change, type World } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const stopped = (members: number, ...down: readonly number[]): World =>
  down.reduce((world, at) => change(world, listenerStopped(`web-${at}`)), healthyWorld({ members }));
const cluster = (...active: readonly number[]): World =>
  clusterWorld({
    name: 'web-lb',
    group: 'shop-rg',
    nodes: 'web',
    size: 3,
    listeners: [{ name: 'ag', probePort: 59999, active }],
  });
const forwards: Change = set('web-1-nic', 'properties.enableIPForwarding', true);

export default {
  fires: [
    {
      when: 'one of three is down: two are left',
      world: () => stopped(3, 2),
      on: '/loadBalancingRules/https',
      affects: ['https', 'web-pool/web-2-nic'],
      severity: 'medium',
      kind: 'fault',
      says: '1 of the 3 members of https is down.',
    },
    { when: 'two of four are down', world: () => stopped(4, 1, 2), severity: 'medium' },
    { when: 'three of five are down', world: () => stopped(5, 1, 2, 3), severity: 'high' },
    { when: 'one of two is down', world: () => stopped(2, 1), severity: 'high' },
    { when: 'a pair of appliances behind floating IP has one up', world: () => change(cluster(2), forwards) },
    {
      when: 'a cluster on a port that traffic goes to has one up',
      world: () =>
        change(healthyWorld({ internal: true }), balancingRule({ enableFloatingIP: true }), listenerStopped('web-2')),
    },
    {
      when: 'floating IP stands on a public frontend',
      world: () => change(stopped(2, 1), balancingRule({ enableFloatingIP: true })),
    },
    {
      when: 'one is down and of the other Azure knows nothing',
      world: () => change(stopped(2, 1), healthReason('web-2', 'NA', 'https', 'Unknown')),
      affects: ['https', 'web-pool/web-1-nic'],
      severity: 'high',
    },
    {
      when: 'an administrator took one out and another fails',
      world: () => change(stopped(3, 1), adminState('web-3', 'Down')),
      affects: ['https', 'web-pool/web-1-nic'],
      says: '1 of the 3',
    },
    {
      when: 'the metric is zero for one',
      world: () => change(healthyWorld(), healthDenied(), availability('web-1', [0, 0, 0, 0, 0, 0])),
      affects: ['https', 'web-pool/web-1-nic'],
    },
  ],
  silent: [
    { when: 'all is well', world: () => healthyWorld() },
    { when: 'a cluster has two nodes up, which is another fault', world: () => cluster(1, 2) },
    { when: 'all are down', world: () => stopped(2, 1, 2) },
    { when: 'a cluster has its one active node', world: () => cluster(3) },
    { when: 'an administrator took one out', world: () => change(healthyWorld(), adminState('web-2', 'Down')) },
    {
      when: 'an administrator took one out, and only the metric can be read',
      world: () => change(healthyWorld(), adminState('web-2', 'Down'), healthDenied()),
    },
  ],
} satisfies RuleWorlds;
