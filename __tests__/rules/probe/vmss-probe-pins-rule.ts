import { addedToLb, gone, set } from '../../world/changes.ts';
import { healthyWorld, loadBalancerOf } from '../../world/healthy.ts';
import type { Change } from '../../world/world.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const judgedBy =
  (name: string): Change =>
  (world) =>
    set('web', 'properties.virtualMachineProfile.networkProfile.healthProbe', {
      id: `${loadBalancerOf(world).id}/probes/${name}`,
    })(world);

export default {
  fires: [
    {
      when: 'a scale set judges its instances by the probe of a balancing rule',
      world: () => change(healthyWorld({ membership: 'uniform' }), judgedBy('Web-Probe')),
      on: '/virtualMachineScaleSets/web',
      affects: ['https'],
      severity: 'info',
      kind: 'advice',
      says: 'web judges its instances by web-probe',
      types: 'take healthProbe off the model of web',
    },
    {
      when: 'the set is Flexible',
      cites: '$.virtualMachineProfile.networkProfile.healthProbe.id',
      world: () => change(healthyWorld({ membership: 'flexible' }), judgedBy('web-probe')),
    },
  ],
  silent: [
    { when: 'it goes by no probe', world: () => healthyWorld({ membership: 'uniform' }) },
    {
      when: "it goes by another load balancer's probe",
      world: () => change(healthyWorld({ membership: 'uniform' }), judgedBy('other-probe')),
    },
    {
      when: 'no balancing rule uses the probe',
      world: () =>
        change(
          healthyWorld({ membership: 'uniform' }),
          addedToLb('probes', { name: 'spare', properties: { protocol: 'Tcp', port: 9 } }),
          judgedBy('spare'),
        ),
    },
    {
      when: 'the set is gone',
      world: () => change(healthyWorld({ membership: 'uniform' }), judgedBy('web-probe'), gone('web')),
    },
  ],
} satisfies RuleWorlds;
