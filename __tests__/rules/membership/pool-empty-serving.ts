import {
  addedToLb,
  balancingRule,
  emptyPool,
  fault,
  instanceBehindModel,
  modelLacksPool,
  notInPool,
} from '../../world/changes.ts';
import { healthyGlobalWorld, healthyWorld, idIn } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const gateway = healthyWorld({ sku: 'Gateway', pools: [{ name: 'web-pool' }, { name: 'tunnel-pool' }] });
const poolId = (name: string) =>
  `${idIn({ world: gateway, group: 'shop-rg' }, 'Network/loadBalancers', 'web-lb')}/backendAddressPools/${name}`;
const bothPools = balancingRule({ backendAddressPools: [{ id: poolId('web-pool') }, { id: poolId('tunnel-pool') }] });

export default {
  fires: [
    {
      when: 'nobody is in the pool',
      omits: 'The cluster',
      world: () => change(healthyWorld(), emptyPool()),
      on: '/backendAddressPools/web-pool',
      severity: 'critical',
      kind: 'fault',
      affects: ['https'],
      says: 'web-pool is empty, and https sends its traffic there.',
      types: 'az vmss list --resource-group=shop-rg',
    },
    {
      when: "a scale set's model names it, and no instance was brought to it",
      world: () =>
        change(
          healthyWorld({ membership: 'uniform' }),
          ...['web_1', 'web_2', 'web_3'].flatMap((name) => [notInPool(name), instanceBehindModel(name)]),
        ),
      severity: 'critical',
      says: 'The model of scale set web names it, and none of its 3 instances was brought to it.',
      types:
        'az vmss update-instances --resource-group=shop-rg --subscription=3f2c1a9e-5b74-4c1d-9e0a-7d6b8c5e4f21 --name=web --instance-ids 1 2 3',
      cites: 'loadBalancerBackendAddressPools',
    },
    {
      when: 'a whole scale set of its group left it, model and all',
      world: () =>
        change(
          healthyWorld({ membership: 'uniform' }),
          modelLacksPool(),
          ...['web_1', 'web_2', 'web_3'].map((name) => notInPool(name)),
        ),
      says: 'Scale set web of the same group has a model that names no pool',
      types: ['az vmss update --resource-group=shop-rg', '# Only where web belongs into web-pool'],
    },
    {
      when: 'the scale sets can not be read',
      world: () => change(healthyWorld(), emptyPool(), fault({ on: /virtualMachineScaleSets\?/, kind: 'denied' })),
      says: 'web-pool is empty',
      types: 'az vmss list --resource-group=shop-rg',
    },
    {
      when: 'the one of two pools that several balancing rules use is empty',
      world: () =>
        change(
          healthyWorld({
            pools: [{ name: 'web-pool' }, { name: 'api-pool' }],
            balancingRules: [
              { name: 'https', frontendPort: 443, backendPort: 8443 },
              { name: 'api', frontendPort: 8080, backendPort: 8443, pool: 'api-pool' },
              { name: 'api-tls', frontendPort: 9443, backendPort: 8443, pool: 'api-pool' },
            ],
          }),
          emptyPool('api-pool'),
        ),
      on: '/backendAddressPools/api-pool',
      affects: ['api', 'api-tls'],
      says: 'api, api-tls send their traffic',
    },
    {
      when: 'the other pool of a Gateway balancing rule still serves',
      world: () => change(gateway, bothPools, emptyPool('tunnel-pool')),
      on: '/backendAddressPools/tunnel-pool',
      severity: 'medium',
      kind: 'risk',
      affects: ['all'],
    },
    {
      when: 'a cluster owns it',
      world: () => change(healthyWorld({ tags: { 'aks-managed-cluster-name': 'shop' } }), emptyPool()),
      says: 'The cluster puts its nodes into it',
      types: 'kubectl get nodes',
    },
  ],
  silent: [
    { when: 'one member is left', world: () => change(healthyWorld(), notInPool('web-1'), notInPool('web-2')) },
    {
      when: 'no balancing rule uses the empty pool, only an outbound rule',
      world: () =>
        change(
          healthyWorld({ pools: [{ name: 'web-pool' }, { name: 'spare-pool', members: 0 }] }),
          addedToLb('outboundRules', {
            name: 'out',
            properties: { protocol: 'All', backendAddressPool: { id: poolId('spare-pool') } },
          }),
        ),
    },
    { when: 'members are regional load balancers', world: () => healthyGlobalWorld() },
    { when: 'members are addresses', world: () => healthyWorld({ membership: 'ip' }) },
  ],
} satisfies RuleWorlds;
