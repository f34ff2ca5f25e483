import { balancingRule, probe } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const tcp = (port: number) =>
  healthyWorld({
    probes: [{ name: 'web-probe', protocol: 'Tcp', port }],
    balancingRules: [{ name: 'http', frontendPort: 80, backendPort: port }],
  });

export default {
  fires: [
    {
      when: 'it only connects to port 80',
      world: () => tcp(80),
      on: '/probes/web-probe',
      affects: ['http'],
      severity: 'low',
      kind: 'advice',
      says: 'port 80',
      types: '# Give the application a path that answers 200',
      omits: '--path=',
    },
    { when: 'it only connects to port 8080', world: () => tcp(8080) },
  ],
  silent: [
    { when: 'TLS is passed through', world: () => tcp(443) },
    {
      when: 'a network appliance answers for every port',
      world: () => change(tcp(80), balancingRule({ backendPort: 0, frontendPort: 0, protocol: 'All' })),
    },
    { when: 'it asks for a path', world: () => change(tcp(80), probe({ protocol: 'Http', path: '/healthz' })) },
  ],
} satisfies RuleWorlds;
