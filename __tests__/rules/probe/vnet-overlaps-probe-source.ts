import { deallocated, healthDenied, listenerStopped, metricsDenied, set } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const subnet = 'properties.subnets[web-subnet].properties';
const prefix = (text: string) => set('shop-vnet', `${subnet}.addressPrefix`, text);
const everyone = ['https', 'web-pool/web-1-nic', 'web-pool/web-2-nic', 'web-pool/web-3-nic'];

export default {
  fires: [
    {
      when: 'no member answers',
      world: () =>
        change(
          healthyWorld(),
          prefix('168.63.128.0/20'),
          ...['web-1', 'web-2', 'web-3'].map((name) => listenerStopped(name)),
        ),
      on: '/subnets/web-subnet',
      affects: everyone,
      severity: 'critical',
      kind: 'fault',
      says: 'Subnet web-subnet (168.63.128.0/20) contains 168.63.129.16, where probes come from.',
      explains: ['rule-all-down', 'tcp-probe-timeout'],
      types: 'Give web-subnet another address range',
    },
    {
      when: 'health and metrics are denied',
      world: () => change(healthyWorld(), prefix('168.63.129.0/24'), healthDenied(), metricsDenied()),
      severity: 'critical',
      kind: 'fault',
    },
    {
      when: 'one member answers: the others are down for another reason',
      world: () =>
        change(healthyWorld(), prefix('168.63.129.0/24'), listenerStopped('web-1'), listenerStopped('web-3')),
      severity: 'high',
      kind: 'risk',
      says: 'a member answers them all the same',
      explains: [],
    },
    {
      when: 'members answer, for now',
      world: () => change(healthyWorld(), prefix('168.0.0.0/8')),
      severity: 'high',
      kind: 'risk',
    },
    {
      when: 'only the metric tells that members answer',
      world: () => change(healthyWorld(), prefix('168.63.129.0/24'), healthDenied()),
      severity: 'high',
      kind: 'risk',
    },
    {
      when: 'the subnet has several ranges',
      world: () =>
        change(
          healthyWorld(),
          set('shop-vnet', `${subnet}.addressPrefix`, undefined),
          set('shop-vnet', `${subnet}.addressPrefixes`, ['10.20.0.0/20', '168.63.129.16/28']),
        ),
      says: '(10.20.0.0/20, 168.63.129.16/28)',
    },
  ],
  silent: [
    { when: 'the ranges are private', world: () => change(healthyWorld({ ipv6: true }), deallocated('web-1')) },
    { when: 'it ends just before', world: () => change(healthyWorld(), prefix('168.63.129.0/28')) },
  ],
} satisfies RuleWorlds;
