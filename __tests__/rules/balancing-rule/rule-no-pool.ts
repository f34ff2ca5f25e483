import { allProbedUp, balancingRule, emptyPool } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const without = balancingRule({ backendAddressPools: [] });
const two = { pools: [{ name: 'web-pool' }, { name: 'api-pool' }] };

export default {
  fires: [
    {
      when: 'it lost its pool, and one is left',
      world: () => change(healthyWorld(), without),
      on: '/loadBalancingRules/https',
      affects: ['https'],
      severity: 'high',
      kind: 'fault',
      says: 'https has no pool: what arrives on port 443',
      cites: '.backendAddressPools',
      types: '/backendAddressPools/web-pool',
    },
    {
      when: 'its own command would drop fields',
      world: () => change(healthyWorld(), without, allProbedUp()),
      types: "--set 'loadBalancingRules[name=https].backendAddressPool.id=",
    },
    {
      when: 'two pools could be meant',
      world: () => change(healthyWorld(two), without),
      types: 'the pool that was meant',
    },
    {
      when: 'two pools are there of which one has members',
      world: () => change(healthyWorld(two), without, emptyPool('web-pool')),
      types: '/backendAddressPools/api-pool',
    },
  ],
  silent: [
    { when: 'it has one', world: () => healthyWorld() },
    {
      when: 'its pool stands in the older field alone',
      world: () =>
        change(healthyWorld(), (world) =>
          balancingRule({
            backendAddressPools: [],
            backendAddressPool: {
              id: `/subscriptions/${world.subscription}/resourceGroups/shop-rg/providers/Microsoft.Network/loadBalancers/web-lb/backendAddressPools/web-pool`,
            },
          })(world),
        ),
    },
    { when: 'its pool is empty: another rule says so', world: () => change(healthyWorld(), emptyPool()) },
  ],
} satisfies RuleWorlds;
