import { addedToLb, notInPool, set } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change, SUBSCRIPTION } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const lb = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-rg/providers/Microsoft.Network/loadBalancers/web-lb`;
const uniform = () => healthyWorld({ membership: 'uniform' });
const noNatGateway = set('shop-vnet', 'properties.subnets[web-subnet].properties.natGateway', undefined);
const outboundRule = addedToLb('outboundRules', {
  name: 'out',
  properties: {
    protocol: 'All',
    frontendIPConfigurations: [{ id: `${lb}/frontendIPConfigurations/web-frontend` }],
    backendAddressPool: { id: `${lb}/backendAddressPools/web-pool` },
  },
});

export default {
  fires: [
    {
      when: 'one instance is not in the pool of the outbound rule',
      world: () => change(uniform(), noNatGateway, outboundRule, notInPool('web_2')),
      on: '/virtualMachineScaleSets/web',
      severity: 'medium',
      kind: 'risk',
      affects: ['web-pool/web_1', 'web-pool/web_3'],
      says: 'web_2 of scale set web is not in web-pool, which gets out by outbound rule out.',
      types: '--instance-ids 2',
    },
    {
      when: 'two are not',
      world: () => change(uniform(), noNatGateway, outboundRule, notInPool('web_2'), notInPool('web_3')),
      says: 'web_2, web_3 of scale set web are not in web-pool',
    },
  ],
  silent: [
    { when: 'all are in the pool', world: () => change(uniform(), noNatGateway, outboundRule) },
    { when: 'no outbound rule uses the pool', world: () => change(uniform(), noNatGateway, notInPool('web_2')) },
    { when: 'a NAT gateway lets the subnet out', world: () => change(uniform(), outboundRule, notInPool('web_2')) },
    {
      when: 'Azure is changing the set',
      world: () =>
        change(
          uniform(),
          noNatGateway,
          outboundRule,
          notInPool('web_2'),
          set('web', 'properties.provisioningState', 'Updating'),
        ),
    },
    {
      when: 'members are machines of no set',
      world: () => change(healthyWorld(), noNatGateway, outboundRule, notInPool('web-2')),
    },
  ],
} satisfies RuleWorlds;
