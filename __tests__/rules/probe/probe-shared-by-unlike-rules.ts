import { probe } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const https = { name: 'https', frontendPort: 443, backendPort: 8443 };
const two = (fields = {}, shape = {}) =>
  healthyWorld({ balancingRules: [https, { name: 'http', frontendPort: 80, backendPort: 8080, ...fields }], ...shape });

export default {
  fires: [
    {
      when: 'the probe checks the port of another application',
      undoes: '/probes/web-probe',
      world: () => two(),
      on: '/loadBalancingRules/http',
      affects: ['http'],
      severity: 'low',
      kind: 'advice',
      says: 'http sends traffic to port 8080, but web-probe, which decides about its members, checks port 8443',
      types: '--name=http-probe --protocol=Tcp --port=8080',
    },
    { when: 'it is then given that probe', world: () => two(), types: '/probes/http-probe' },
  ],
  silent: [
    { when: 'both ports are the same', world: () => two({ backendPort: 8443 }) },
    { when: 'the same port is served in both address families', world: () => healthyWorld({ ipv6: true }) },
    { when: 'it checks the port of neither', world: () => change(two(), probe({ port: 9000 })) },
    { when: 'the other is UDP', world: () => two({ protocol: 'Udp' }) },
    { when: 'the other carries every port', world: () => two({ backendPort: 0, protocol: 'All' }) },
    { when: 'AKS shares its probe', world: () => two({}, { tags: { 'aks-managed-cluster-name': 'shop' } }) },
    {
      when: 'each has its own',
      world: () =>
        two(
          { probe: 'http-probe' },
          {
            probes: [
              { name: 'web-probe', protocol: 'Http', port: 8443 },
              { name: 'http-probe', protocol: 'Http', port: 8080 },
            ],
          },
        ),
    },
  ],
} satisfies RuleWorlds;
