import { balancingRule, healthDenied, listens, metricsDenied, probe, set } from '../../world/changes.ts';
import { healthyWorld, loadBalancerOf } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const mail = [probe({ port: 25 }), balancingRule({ backendPort: 25, frontendPort: 25 })];
const answering = listens('web-2', { port: 25, speaks: 'http' });

export default {
  fires: [
    {
      when: 'it asks for a path on the mail port',
      world: () => change(healthyWorld(), ...mail),
      on: '/probes/web-probe',
      affects: ['https'],
      severity: 'critical',
      kind: 'fault',
      says: 'Http on port 25, where Azure does not support it.',
      explains: ['rule-all-down', 'tcp-probe-timeout'],
      types: ["--protocol=Tcp --set 'requestPath=null'", '--protocol=Http --path=/healthz'],
    },
    {
      when: 'a scale set judges its instances by it, and Azure refuses a change of it meanwhile',
      world: () =>
        change(healthyWorld({ membership: 'uniform' }), ...mail, (world) =>
          set('web', 'properties.virtualMachineProfile.networkProfile.healthProbe', {
            id: `${loadBalancerOf(world).id}/probes/web-probe`,
          })(world),
        ),
      changes: 'az vmss update',
    },
    {
      when: 'health and metrics are denied',
      world: () => change(healthyWorld(), ...mail, healthDenied(), metricsDenied()),
      severity: 'critical',
      kind: 'fault',
    },
    {
      when: 'a member is up all the same',
      world: () => change(healthyWorld(), ...mail, answering),
      severity: 'medium',
      kind: 'risk',
      says: 'although a member answers',
      explains: [],
    },
    {
      when: 'it is HTTPS, which the document does not name',
      world: () => change(healthyWorld(), ...mail, probe({ port: 993, protocol: 'Https' })),
      severity: 'low',
      explains: [],
      kind: 'advice',
    },
    ...[19, 21, 70, 110, 119, 143, 220, 993].map((port) => ({
      when: `the port is ${port}`,
      world: () => change(healthyWorld(), probe({ port })),
      severity: 'critical',
    })),
  ],
  silent: [
    { when: 'it is TCP there', world: () => change(healthyWorld(), ...mail, probe({ protocol: 'Tcp', path: null })) },
    { when: 'it is on another port', world: () => change(healthyWorld(), probe({ port: 80 })) },
  ],
} satisfies RuleWorlds;
