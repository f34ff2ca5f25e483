import { healthDenied, healthReason, probe } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const onEdge = healthReason('web-2', 'Up_Probe_ApproachingUnhealthyThreshold');

export default {
  fires: [
    {
      when: 'two probes are asked for and the threshold is one',
      data: { asked: 2, threshold: 1, onEdge: 0 },
      world: () => change(healthyWorld(), probe({ threshold: 1 })),
      on: '/probes/web-probe',
      affects: ['https'],
      severity: 'low',
      kind: 'advice',
      says: 'asks for 2 probes',
      types: '--probe-threshold=2',
    },
    {
      when: 'there is no threshold',
      world: () => change(healthyWorld(), probe({ numberOfProbes: 3, probeThreshold: null })),
      says: 'asks for 3',
      types: '--probe-threshold=3',
    },
    {
      when: 'a member is about to leave',
      data: { asked: 2, threshold: 1, onEdge: 1 },
      world: () => change(healthyWorld(), probe({ threshold: 1 }), onEdge),
      severity: 'medium',
      explains: ['probe-flapping'],
      kind: 'risk',
    },
    {
      when: 'a member is about to come back',
      world: () =>
        change(
          healthyWorld(),
          probe({ threshold: 1 }),
          healthReason('web-2', 'Down_Probe_ApproachingHealthyThreshold'),
        ),
      severity: 'medium',
      kind: 'risk',
    },
    {
      when: 'health is denied',
      data: { asked: 2, threshold: 1, onEdge: null },
      world: () => change(healthyWorld(), probe({ threshold: 1 }), healthDenied()),
      severity: 'low',
      types: '--probe-threshold=1',
    },
  ],
  silent: [
    { when: 'the threshold is as high', world: () => change(healthyWorld(), onEdge) },
    { when: 'one probe is asked for', world: () => change(healthyWorld(), probe({ numberOfProbes: 1, threshold: 1 })) },
    {
      when: 'no number of probes is asked for',
      world: () => change(healthyWorld(), probe({ numberOfProbes: null, threshold: 1 })),
    },
    {
      when: 'AKS writes it',
      world: () => change(healthyWorld({ tags: { 'aks-managed-cluster-name': 'shop' } }), probe({ threshold: 1 })),
    },
  ],
} satisfies RuleWorlds;
