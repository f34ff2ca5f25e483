import {
  adminState,
  answersHttp,
  healthDenied,
  healthReason,
  metricsDenied,
  readerOnly,
  set,
  withoutProbe,
} from '../../world/changes.ts';
import { healthyGlobalWorld, healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

export default {
  fires: [
    {
      when: 'one member was taken out of service',
      data: { adminState: 'Down' },
      world: () => change(healthyWorld(), adminState('web-2', 'Down')),
      on: '/networkInterfaces/web-2-nic',
      severity: 'medium',
      kind: 'risk',
      affects: ['https', 'web-pool/web-2-nic'],
      says: 'web-2-nic has admin state Down in web-pool',
      types: '--name=shop-rg_web-2-nicipconfig1 --admin-state=None',
    },
    {
      when: 'it is a regional load balancer behind a Global one, whose probe is automatic',
      world: () =>
        change(
          healthyGlobalWorld(),
          set(
            'web-lb',
            'properties.backendAddressPools[web-pool].properties.loadBalancerBackendAddresses[web-lb-west-address].properties.adminState',
            'Down',
          ),
        ),
      affects: ['https', 'web-pool/web-lb-west-address'],
    },
    {
      when: 'it is the only member',
      world: () => change(healthyWorld({ members: 1 }), adminState('web-1', 'Down')),
      severity: 'critical',
      kind: 'fault',
    },
    {
      when: 'half are left',
      world: () => change(healthyWorld({ members: 2 }), adminState('web-1', 'Down')),
      severity: 'medium',
      kind: 'risk',
    },
    {
      when: 'of those that are left too few are up',
      world: () => change(healthyWorld(), adminState('web-2', 'Down'), answersHttp('web-1', 503)),
      severity: 'medium',
      kind: 'fault',
    },
    {
      when: 'nobody can tell whether the others are up',
      world: () => change(healthyWorld(), adminState('web-2', 'Down'), healthDenied(), metricsDenied()),
      severity: 'medium',
      kind: 'fault',
    },
    {
      when: 'it is an address',
      world: () => change(healthyWorld({ membership: 'ip' }), adminState('web-2', 'Down')),
      affects: ['https', 'web-pool/web-2'],
      types: '--name=web-2 --admin-state=None',
    },
    {
      when: 'a Reader asks',
      world: () => change(healthyWorld(), adminState('web-2', 'Down'), readerOnly()),
      severity: 'medium',
    },
    {
      when: 'only the reason code says so',
      data: { reason: 'down_admin' },
      world: () => change(healthyWorld(), healthReason('web-2', 'down_admin')),
      affects: ['https', 'web-pool/web-2-nic'],
    },
    {
      when: 'one of two balancing rules has a probe',
      world: () =>
        change(
          healthyWorld({
            balancingRules: [
              { name: 'https', frontendPort: 443, backendPort: 8443 },
              { name: 'http', frontendPort: 80, backendPort: 8443, probe: null },
            ],
          }),
          adminState('web-2', 'Down'),
        ),
      affects: ['https', 'web-pool/web-2-nic'],
    },
  ],
  silent: [
    { when: 'admin state is Up', world: () => change(healthyWorld(), adminState('web-2', 'Up')) },
    { when: 'admin state is None', world: () => change(healthyWorld(), adminState('web-2', 'None')) },
    { when: 'the member is down by itself', world: () => change(healthyWorld(), answersHttp('web-2', 503)) },
    {
      when: 'no probe is there to override',
      world: () => change(healthyWorld(), withoutProbe(), adminState('web-2', 'Down')),
    },
    { when: 'a Reader can not be told reasons', world: () => change(healthyWorld(), readerOnly()) },
  ],
} satisfies RuleWorlds;
