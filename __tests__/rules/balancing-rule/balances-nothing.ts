import { answers, set } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change, SUBSCRIPTION } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const lbId = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-rg/providers/Microsoft.Network/loadBalancers/web-lb`;
const nothing = set('web-lb', 'properties.loadBalancingRules', []);
const ssh = set('web-lb', 'properties.inboundNatRules', [
  {
    name: 'ssh',
    properties: {
      protocol: 'Tcp',
      frontendPort: 2222,
      backendPort: 22,
      frontendIPConfiguration: { id: `${lbId}/frontendIPConfigurations/web-frontend` },
    },
  },
]);
const out = set('web-lb', 'properties.outboundRules', [
  {
    name: 'out',
    properties: {
      protocol: 'All',
      frontendIPConfigurations: [{ id: `${lbId}/frontendIPConfigurations/web-frontend` }],
      backendAddressPool: { id: `${lbId}/backendAddressPools/web-pool` },
    },
  },
]);

export default {
  fires: [
    {
      when: 'there is nothing at all',
      world: () =>
        change(
          healthyWorld(),
          nothing,
          set('web-lb', 'properties.probes', []),
          set('web-lb', 'properties.frontendIPConfigurations', []),
        ),
      on: '/loadBalancers/web-lb',
      severity: 'info',
      kind: 'advice',
      cites: '$.loadBalancingRules',
      says: 'web-lb has no balancing rule: it does nothing.',
    },
    { when: 'it does inbound NAT alone', world: () => change(healthyWorld(), nothing, ssh), says: 'inbound NAT alone' },
    {
      when: 'it lets machines out alone',
      world: () => change(healthyWorld(), nothing, out),
      says: 'lets machines out alone',
    },
    {
      when: 'it does both',
      world: () => change(healthyWorld(), nothing, ssh, out),
      says: 'neither of which was judged',
    },
  ],
  silent: [
    { when: 'it balances', world: () => change(healthyWorld(), ssh, out) },
    {
      when: 'its parts refer back to balancing rules that are not listed',
      world: () => change(healthyWorld(), answers('web-lb', 'properties.loadBalancingRules', [])),
    },
  ],
} satisfies RuleWorlds;
