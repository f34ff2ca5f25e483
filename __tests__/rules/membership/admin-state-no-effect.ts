import { addedToLb, adminState, withoutProbe } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change, SUBSCRIPTION } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const lb = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-rg/providers/Microsoft.Network/loadBalancers/web-lb`;
const twoPools = () => healthyWorld({ pools: [{ name: 'web-pool' }, { name: 'jump-pool' }] });
const natRule = addedToLb('inboundNatRules', {
  name: 'ssh',
  properties: {
    protocol: 'Tcp',
    frontendIPConfiguration: { id: `${lb}/frontendIPConfigurations/web-frontend` },
    backendAddressPool: { id: `${lb}/backendAddressPools/jump-pool` },
    frontendPortRangeStart: 50000,
    frontendPortRangeEnd: 50010,
    backendPort: 22,
  },
});

export default {
  fires: [
    {
      when: 'no balancing rule of the pool has a probe',
      world: () => change(healthyWorld(), withoutProbe(), adminState('web-2', 'Down')),
      on: '/networkInterfaces/web-2-nic',
      severity: 'medium',
      kind: 'risk',
      affects: ['web-pool/web-2-nic'],
      says: 'web-2-nic has admin state Down in web-pool, where no balancing rule has a probe: it has no effect.',
      types: '# Give https a probe',
    },
    {
      when: 'it is Up',
      world: () => change(healthyWorld(), withoutProbe(), adminState('web-2', 'Up')),
      severity: 'low',
      kind: 'advice',
    },
    {
      when: 'only inbound NAT rules use the pool',
      world: () => change(twoPools(), natRule, adminState('jump-1', 'Down')),
      affects: ['jump-pool/jump-1-nic'],
      says: 'which only inbound NAT rules use',
      types: '# A security rule',
    },
  ],
  silent: [
    { when: 'a probe is there', world: () => change(healthyWorld(), adminState('web-2', 'Down')) },
    { when: 'admin state is None', world: () => change(healthyWorld(), withoutProbe(), adminState('web-2', 'None')) },
    { when: 'nothing uses the pool', world: () => change(twoPools(), adminState('jump-1', 'Down')) },
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
    },
  ],
} satisfies RuleWorlds;
