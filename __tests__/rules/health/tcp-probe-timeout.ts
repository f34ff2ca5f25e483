import { answersHttp, deallocated, fault, healthDenied, listenerStopped } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

export default {
  fires: [
    {
      when: 'nothing listens on the probe port of one member',
      world: () => change(healthyWorld(), listenerStopped('web-2')),
      on: '/loadBalancingRules/https',
      affects: ['https', 'web-pool/web-2-nic'],
      severity: 'high',
      kind: 'fault',
      says: 'The probe of https gets no TCP answer on port 8443.',
    },
    {
      when: 'the security group can not be read, so that nothing explains it',
      world: () =>
        change(
          healthyWorld(),
          listenerStopped('web-2'),
          fault({ on: 'web-nsg', kind: 'denied' }),
          fault({ on: /effectiveNetworkSecurityGroups/, kind: 'denied' }),
        ),
      types:
        'az network nic list-effective-nsg --resource-group=shop-rg --subscription=3f2c1a9e-5b74-4c1d-9e0a-7d6b8c5e4f21 --name=web-2-nic',
    },
    {
      when: 'the same in a Uniform scale set, whose interfaces have no such command',
      world: () =>
        change(
          healthyWorld({ membership: 'uniform' }),
          listenerStopped('web_2'),
          fault({ on: 'web-nsg', kind: 'denied' }),
        ),
      types: "--name=web --instance-id=2 --command-id=RunShellScript '--scripts=ss -ltnp'",
    },
    {
      when: 'Azure answers so of an address that no interface has',
      world: () => change(healthyWorld({ membership: 'ip' }), listenerStopped('web-2')),
      affects: ['https', 'web-pool/web-2'],
    },
  ],
  silent: [
    { when: 'the member answers 404', world: () => change(healthyWorld(), answersHttp('web-2', 404)) },
    { when: 'its machine is off, and it is left out', world: () => change(healthyWorld(), deallocated('web-2')) },
    { when: 'reasons can not be read', world: () => change(healthyWorld(), listenerStopped('web-2'), healthDenied()) },
    { when: 'all is well', world: () => healthyWorld() },
  ],
} satisfies RuleWorlds;
