import { answersHttp, answersNothing, listenerStopped, listens, probe } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

export default {
  fires: [
    {
      when: 'one member speaks TLS',
      world: () => change(healthyWorld(), listens('web-2', { port: 8443, speaks: 'https' })),
      on: '/loadBalancingRules/https',
      affects: ['https', 'web-pool/web-2-nic'],
      severity: 'high',
      kind: 'fault',
      says: "What listens behind https on port 8443 refuses the probe's Http session.",
      types: 'curl -vgk -m 30 -o /dev/null',
    },
    {
      when: 'one hangs up',
      world: () => change(healthyWorld(), answersNothing('web-2', 'reset')),
      types: '# Where it answers in another protocol than Http',
    },
    {
      when: 'the probe speaks TLS to plain HTTP',
      world: () => change(healthyWorld(), probe({ protocol: 'Https' })),
      severity: 'critical',
      says: 'Https session',
    },
  ],
  silent: [
    { when: 'all is well', world: () => healthyWorld() },
    { when: 'nothing listens', world: () => change(healthyWorld(), listenerStopped('web-2')) },
    { when: 'it answers 500', world: () => change(healthyWorld(), answersHttp('web-2', 500)) },
    {
      when: 'the probe asks for TCP alone',
      world: () =>
        change(
          healthyWorld(),
          probe({ protocol: 'Tcp', path: null }),
          listens('web-2', { port: 8443, speaks: 'https' }),
        ),
    },
  ],
} satisfies RuleWorlds;
