import { answersHttp, answersNothing, fault, listenerStopped } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const hangs = () => change(healthyWorld(), answersNothing('web-2'));

export default {
  fires: [
    {
      when: 'one application hangs',
      world: hangs,
      on: '/loadBalancingRules/https',
      affects: ['https', 'web-pool/web-2-nic'],
      severity: 'high',
      kind: 'fault',
      says: 'The application behind https accepts the probe on port 8443 and never answers it.',
      types: 'http://10.20.0.5:8443/healthz',
    },
    {
      when: 'all hang',
      world: () => change(healthyWorld({ members: 1 }), answersNothing('web-1')),
      severity: 'critical',
      types: '# Where it hangs there as well',
    },
    {
      when: 'its machine can not be read, and so not which system it has',
      world: () => change(hangs(), fault({ on: /virtualMachines/, kind: 'denied' })),
      types: '--name=web-2 --command-id=RunPowerShellScript',
    },
    {
      when: 'neither its machine nor its interface can be read',
      world: () => change(hangs(), fault({ on: /virtualMachines|networkInterfaces/, kind: 'denied' })),
      types:
        '# On web-2-nic itself, not through the load balancer: ask its own address for /healthz on port 8443 by http',
    },
  ],
  silent: [
    { when: 'all is well', world: () => healthyWorld() },
    { when: 'it hangs up', world: () => change(healthyWorld(), answersNothing('web-2', 'reset')) },
    { when: 'nothing listens', world: () => change(healthyWorld(), listenerStopped('web-2')) },
    { when: 'it answers 500', world: () => change(healthyWorld(), answersHttp('web-2', 500)) },
  ],
} satisfies RuleWorlds;
