import { addedToLb, balancingRule, set } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { type Change, change, SUBSCRIPTION } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const network = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-rg/providers/Microsoft.Network`;
const lb = `${network}/loadBalancers/web-lb`;
const subnet = { id: `${network}/virtualNetworks/shop-vnet/subnets/web-subnet` };
const configuration = (name: string, ip: string, primary: boolean, joins: boolean, version = 'IPv4') => ({
  name,
  properties: {
    primary,
    privateIPAddress: ip,
    privateIPAddressVersion: version,
    subnet,
    ...(joins && { loadBalancerBackendAddressPools: [{ id: `${lb}/backendAddressPools/web-pool` }] }),
  },
});
const configurations = (...list: readonly ReturnType<typeof configuration>[]) =>
  set('web-2-nic', 'properties.ipConfigurations', list);
const bySecondary = configurations(
  configuration('ipconfig1', '10.20.0.5', false, true),
  configuration('main', '10.20.0.50', true, false),
);
const floating = balancingRule({ enableFloatingIP: true });
const noNatGateway = set('shop-vnet', 'properties.subnets[web-subnet].properties.natGateway', undefined);
const outboundRule: Change = addedToLb('outboundRules', {
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
      when: 'a balancing rule has floating IP',
      data: { primary: false, use: true },
      world: () => change(healthyWorld(), bySecondary, floating, noNatGateway),
      on: '/networkInterfaces/web-2-nic',
      severity: 'high',
      kind: 'fault',
      affects: ['https', 'web-pool/web-2-nic'],
      says: 'by ipconfig1, which is not its primary IP configuration: floating IP (https) needs that.',
      types: [
        '--ip-config-name=main',
        'floating IP off on https, where nothing on the machines is bound to the public address',
      ],
    },
    {
      when: 'an outbound rule uses the pool',
      data: { primary: false, use: 'out' },
      severity: 'medium',
      kind: 'risk',
      world: () => change(healthyWorld(), bySecondary, outboundRule, noNatGateway),
      says: 'outbound rule out needs that',
    },
    {
      when: 'no configuration says that it is the primary one',
      world: () =>
        change(
          healthyWorld(),
          configurations(configuration('ipconfig1', '10.20.0.5', false, true)),
          floating,
          noNatGateway,
        ),
      types: '# Put the primary IP configuration of web-2-nic',
    },
  ],
  silent: [
    {
      when: 'members are there by their primary one',
      world: () => change(healthyWorld(), floating, outboundRule, noNatGateway),
    },
    { when: 'nothing asks for the primary one', world: () => change(healthyWorld(), bySecondary) },
    { when: 'a NAT gateway lets the subnet out', world: () => change(healthyWorld(), bySecondary, outboundRule) },
    {
      when: 'it is an IPv6 configuration',
      world: () =>
        change(
          healthyWorld(),
          configurations(
            configuration('ipconfig1', 'fd00:20:1::5', false, true, 'IPv6'),
            configuration('main', '10.20.0.5', true, false),
          ),
          floating,
          noNatGateway,
        ),
    },
    {
      when: 'a balancing rule has floating IP, and a NAT gateway lets the subnet out',
      world: () => change(healthyWorld(), bySecondary, floating),
    },
  ],
} satisfies RuleWorlds;
