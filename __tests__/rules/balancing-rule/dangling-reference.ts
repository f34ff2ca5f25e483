import { addedToLb, answers, balancingRule, set, withoutProbe } from '../../world/changes.ts';
import { healthyWorld, loadBalancerOf } from '../../world/healthy.ts';
import type { Change } from '../../world/world.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

/** Refers to these children of the load balancer. */
const refersTo =
  (field: string, ...children: readonly string[]): Change =>
  (world) => {
    const ids = children.map((child) => ({ id: `${loadBalancerOf(world).id}/${child}` }));
    return balancingRule({ [field]: field === 'backendAddressPools' ? ids : (ids[0] ?? null) })(world);
  };

export default {
  fires: [
    {
      when: 'its pool is not there, and one other is',
      world: () => change(healthyWorld(), refersTo('backendAddressPools', 'backendAddressPools/old-pool')),
      on: '/loadBalancingRules/https',
      affects: ['https'],
      severity: 'high',
      kind: 'fault',
      says: 'https refers to the pool old-pool, which web-lb does not have',
      cites: '.backendAddressPool.id',
      types: '--backend-pools-name=',
    },
    {
      when: 'one of its pools is not there',
      world: () =>
        change(
          healthyWorld(),
          refersTo('backendAddressPools', 'backendAddressPools/web-pool', 'backendAddressPools/old-pool'),
        ),
      kind: 'risk',
      says: 'the pool old-pool',
    },
    {
      when: 'its frontend is not there',
      world: () => change(healthyWorld(), refersTo('frontendIPConfiguration', 'frontendIPConfigurations/old')),
      kind: 'fault',
      says: 'the frontend old',
      cites: '.frontendIPConfiguration.id',
      types: ['--frontend-ip=', '/frontendIPConfigurations/web-frontend'],
    },
    {
      when: 'its probe is not there',
      world: () => change(healthyWorld(), refersTo('probe', 'probes/old-probe')),
      severity: 'high',
      kind: 'risk',
      says: 'the probe old-probe',
      cites: '.probe.id',
      types: '--probe-name=',
    },
    {
      when: 'two probes could be meant',
      world: () =>
        change(
          healthyWorld(),
          refersTo('probe', 'probes/old-probe'),
          addedToLb('probes', { name: 'spare', properties: { protocol: 'Tcp', port: 9 } }),
        ),
      types: 'Point https at the probe that was meant',
    },
    {
      when: 'no probe is left',
      world: () => change(healthyWorld(), set('web-lb', 'properties.probes', [])),
      types: 'Point https at the probe that was meant',
    },
  ],
  silent: [
    { when: 'all are there', world: () => healthyWorld() },
    { when: 'letter case differs', world: () => change(healthyWorld(), refersTo('probe', 'PROBES/Web-Probe')) },
    { when: 'it refers to no probe', world: () => change(healthyWorld(), withoutProbe()) },
    {
      when: 'it refers to no frontend',
      world: () =>
        change(
          healthyWorld(),
          answers('web-lb', 'properties.loadBalancingRules[https].properties.frontendIPConfiguration', undefined),
        ),
    },
    { when: 'it refers to no pool', world: () => change(healthyWorld(), refersTo('backendAddressPools')) },
  ],
} satisfies RuleWorlds;
