import { addedToLb, balancingRule, probe, set, withoutProbe } from '../../world/changes.ts';
import { healthyGlobalWorld, healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const fitting = { name: 'spare', properties: { protocol: 'Tcp', port: 8443, intervalInSeconds: 15 } };

export default {
  fires: [
    {
      when: 'a balancing rule has none, and a probe of its port is there',
      data: { probe: null },
      world: () => change(healthyWorld(), withoutProbe()),
      on: '/loadBalancingRules/https',
      affects: ['https'],
      severity: 'high',
      kind: 'risk',
      says: 'https has no health probe',
      types: ['/probes/web-probe', "--set 'probe=null'"],
    },
    {
      when: 'no probe of its port is there: a new one is added first',
      world: () => change(healthyWorld(), withoutProbe(), probe({ port: 9000 })),
      types: [
        'az network lb probe create --resource-group=shop-rg --subscription=3f2c1a9e-5b74-4c1d-9e0a-7d6b8c5e4f21 --lb-name=web-lb --name=https-probe --protocol=Tcp --port=8443',
        '--probe-name=/subscriptions/',
        '/probes/https-probe',
      ],
    },
    {
      when: 'the new one would lose fields by its own command',
      world: () =>
        change(healthyWorld(), withoutProbe(), probe({ port: 9000, noHealthyBackendsBehavior: 'AllProbedUp' })),
      types: '--add probes',
    },
    {
      when: 'one of several has none',
      cites: '.probe.id',
      world: () =>
        change(
          healthyWorld({
            balancingRules: [
              { name: 'https', frontendPort: 443, backendPort: 8443 },
              { name: 'http', frontendPort: 80, backendPort: 8080, probe: null },
            ],
          }),
        ),
      affects: ['http'],
      types: '--name=http-probe --protocol=Tcp --port=8080',
    },
    {
      when: 'it carries UDP, whose port no probe can ask',
      world: () => change(healthyWorld(), withoutProbe(), probe({ port: 9000 }), balancingRule({ protocol: 'Udp' })),
      types: 'Choose a TCP port',
    },
    {
      when: 'it carries every port',
      world: () =>
        change(
          healthyWorld({ internal: true }),
          withoutProbe(),
          balancingRule({ frontendPort: 0, backendPort: 0, protocol: 'All' }),
        ),
      types: 'Choose a TCP port',
    },
  ],
  silent: [
    { when: 'it has one', world: () => healthyWorld() },
    {
      when: 'an unused probe of its port is there besides',
      world: () => change(healthyWorld(), addedToLb('probes', fitting)),
    },
    { when: 'the load balancer is Global: its probe is automatic', world: () => healthyGlobalWorld() },
    { when: 'it is a Gateway', world: () => change(healthyWorld({ sku: 'Gateway' }), withoutProbe()) },
    {
      when: 'it has no pool either',
      world: () =>
        change(
          healthyWorld(),
          withoutProbe(),
          set('web-lb', 'properties.loadBalancingRules[https].properties.backendAddressPools', []),
        ),
    },
    {
      when: 'the probe that it names is gone: another rule says so',
      world: () => change(healthyWorld(), set('web-lb', 'properties.probes', [])),
    },
  ],
} satisfies RuleWorlds;
