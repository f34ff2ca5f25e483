import { adminState, healthDenied, listenerStopped, metricsDenied } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const https = (shape = {}) =>
  healthyWorld({ probes: [{ name: 'web-probe', protocol: 'Https', port: 8443 }], ...shape });

export default {
  fires: [
    {
      when: 'a member is down',
      cites: '.protocol',
      world: () => change(https(), listenerStopped('web-2')),
      on: '/probes/web-probe',
      affects: ['https'],
      severity: 'info',
      kind: 'advice',
      says: 'SHA-256',
      types: 'openssl',
    },
    {
      when: 'health and metrics are denied',
      world: () => change(https(), healthDenied(), metricsDenied()),
      severity: 'info',
    },
    {
      when: 'the load balancer is Basic',
      data: { protocol: 'Https', sku: 'Basic' },
      world: () => https({ sku: 'Basic' }),
      severity: 'high',
      kind: 'risk',
      says: 'Basic load balancer',
      types: ["--protocol=Tcp --set 'requestPath=null'", '--protocol=Https --path=/healthz'],
    },
  ],
  silent: [
    { when: 'every member is up', world: () => https() },
    { when: 'the metric tells that every member is up', world: () => change(https(), healthDenied()) },
    { when: 'a member is up by decree', world: () => change(https(), adminState('web-1', 'Up')) },
    { when: 'it is HTTP and a member is down', world: () => change(healthyWorld(), listenerStopped('web-2')) },
  ],
} satisfies RuleWorlds;
