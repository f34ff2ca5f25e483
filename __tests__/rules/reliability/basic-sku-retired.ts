import { answers } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const cloudService = (shape = {}) =>
  change(
    healthyWorld(shape),
    answers('web-lb', 'properties.backendAddressPools[web-pool].properties.backendIPConfigurations', [
      {
        id: '/subscriptions/3f2c1a9e-5b74-4c1d-9e0a-7d6b8c5e4f21/resourceGroups/shop-rg/providers/Microsoft.Compute/cloudServices/shop/roleInstances/Web_IN_0/networkInterfaces/nic1/ipConfigurations/ipconfig1',
      },
    ]),
  );

export default {
  fires: [
    {
      when: 'the load balancer is Basic',
      cites: '$.sku.name',
      world: () => healthyWorld({ sku: 'Basic' }),
      on: '/loadBalancers/web-lb',
      affects: [],
      severity: 'high',
      kind: 'risk',
      says: 'web-lb is a Basic load balancer',
      types: '-ResourceGroupName shop-rg -BasicLoadBalancerName web-lb',
    },
    {
      when: 'Azure spells it otherwise',
      world: () => change(healthyWorld({ sku: 'Basic' }), answers('web-lb', 'sku.name', 'basic')),
    },
    {
      when: 'Azure says nothing of it',
      world: () => change(healthyWorld({ sku: 'Basic' }), answers('web-lb', 'sku', undefined)),
    },
  ],
  silent: [
    { when: 'it is Standard', world: () => healthyWorld() },
    { when: 'it is a Gateway', world: () => healthyWorld({ sku: 'Gateway' }) },
    { when: 'it is of Cloud Services (extended support)', world: () => cloudService({ sku: 'Basic' }) },
  ],
} satisfies RuleWorlds;
