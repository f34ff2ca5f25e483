import { addedToLb, allProbedUp, fault, set } from '../../world/changes.ts';
import { healthyWorld, loadBalancerOf } from '../../world/healthy.ts';
import type { Change } from '../../world/world.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const spare = addedToLb('probes', {
  name: 'spare',
  properties: { protocol: 'Http', port: 9000, requestPath: '/up', intervalInSeconds: 15, probeThreshold: 2 },
});
const judgedBy =
  (name: string): Change =>
  (world) =>
    set('web', 'properties.virtualMachineProfile.networkProfile.healthProbe', {
      id: `${loadBalancerOf(world).id}/probes/${name}`,
    })(world);

export default {
  fires: [
    {
      when: 'no balancing rule refers to it',
      world: () => change(healthyWorld(), spare),
      on: '/probes/spare',
      affects: [],
      severity: 'low',
      kind: 'advice',
      says: 'spare is used by no balancing rule.',
      types: 'az network lb probe delete',
    },
    {
      when: 'it would come back with its path',
      world: () => change(healthyWorld(), spare),
      types: '--protocol=Http --port=9000 --path=/up',
    },
    {
      when: 'its own command would drop fields',
      world: () => change(healthyWorld(), spare, allProbedUp()),
      types: '--remove probes 1',
    },
    {
      when: 'a scale set judges its instances by it',
      world: () => change(healthyWorld({ membership: 'uniform' }), spare, judgedBy('SPARE')),
      severity: 'high',
      kind: 'risk',
      says: 'but scale set web judges',
      types: 'Let a balancing rule use spare',
    },
    {
      when: 'the scale set goes by another probe',
      world: () => change(healthyWorld({ membership: 'flexible' }), spare, judgedBy('web-probe')),
      severity: 'low',
    },
    {
      when: 'the scale set goes by none',
      world: () => change(healthyWorld({ membership: 'uniform' }), spare),
      severity: 'low',
    },
    {
      when: 'the scale set may not be read',
      world: () =>
        change(healthyWorld({ membership: 'uniform' }), spare, judgedBy('spare'), fault({ on: 'web', kind: 'denied' })),
      severity: 'low',
    },
  ],
  silent: [
    { when: 'a balancing rule uses it', world: () => healthyWorld() },
    {
      when: 'it is used and judges a scale set',
      world: () => change(healthyWorld({ membership: 'uniform' }), judgedBy('web-probe')),
    },
  ],
} satisfies RuleWorlds;
