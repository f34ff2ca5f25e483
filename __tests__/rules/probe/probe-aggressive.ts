import { healthDenied, healthReason, probe } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

export default {
  fires: [
    {
      when: 'it asks every five seconds and once is enough',
      data: { interval: 5, threshold: 1, onEdge: 0 },
      world: () => change(healthyWorld(), probe({ interval: 5, threshold: 1, numberOfProbes: 1 })),
      on: '/probes/web-probe',
      affects: ['https'],
      severity: 'low',
      kind: 'advice',
      says: 'within 5 seconds',
      types: '--interval=15 --probe-threshold=2',
    },
    {
      when: 'there is no threshold',
      world: () => change(healthyWorld(), probe({ interval: 5, probeThreshold: null })),
      types: '--interval=5 --probe-threshold=1',
    },
    {
      when: 'a member is on the edge',
      data: { interval: 5, threshold: 1, onEdge: 1 },
      world: () =>
        change(
          healthyWorld(),
          probe({ interval: 5, threshold: 1 }),
          healthReason('web-2', 'Up_Probe_ApproachingUnhealthyThreshold'),
        ),
      severity: 'high',
      explains: ['probe-flapping'],
      kind: 'risk',
    },
    {
      when: 'health is denied',
      data: { interval: 5, threshold: 1, onEdge: null },
      world: () => change(healthyWorld(), probe({ interval: 5, threshold: 1 }), healthDenied()),
      severity: 'low',
    },
  ],
  silent: [
    { when: 'two probes are needed', world: () => change(healthyWorld(), probe({ interval: 5 })) },
    { when: 'it asks every six seconds', world: () => change(healthyWorld(), probe({ interval: 6, threshold: 1 })) },
    {
      when: 'there is no interval, which means fifteen',
      world: () => change(healthyWorld(), probe({ intervalInSeconds: null, threshold: 1 })),
    },
  ],
} satisfies RuleWorlds;
