import { detached, set } from '../../world/changes.ts';
import { healthyGlobalWorld, healthyWorld } from '../../world/healthy.ts';
import { change, SUBSCRIPTION } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const network = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-rg/providers/Microsoft.Network`;
const subnet = (name: string) => ({ id: `${network}/virtualNetworks/shop-vnet/subnets/${name}` });
const on = 'properties.ipConfigurations[ipconfig1].properties.subnet';
const address = 'properties.backendAddressPools[web-pool].properties.loadBalancerBackendAddresses[web-2].properties';
const inSubnet = (name: string) => () => change(healthyWorld(), set('web-2-nic', on, subnet(name)));

export default {
  fires: [
    {
      when: "the interface is a private endpoint's",
      cites: '.privateEndpoint.id',
      world: () =>
        change(
          healthyWorld(),
          detached('web-2'),
          set('web-2-nic', 'properties.privateEndpoint', { id: `${network}/privateEndpoints/shop` }),
        ),
      on: '/networkInterfaces/web-2-nic',
      severity: 'high',
      kind: 'risk',
      affects: ['web-pool/web-2-nic'],
      says: 'web-2-nic in web-pool belongs to a private endpoint.',
      types: 'az network nic ip-config address-pool remove',
    },
    {
      when: "it is a private link service's",
      cites: '.privateLinkService.id',
      world: () =>
        change(
          healthyWorld(),
          set('web-2-nic', 'properties.privateLinkService', { id: `${network}/privateLinkServices/shop` }),
        ),
      says: 'belongs to a private link service',
    },
    {
      when: "it is in a firewall's subnet",
      cites: '.subnet.id',
      world: inSubnet('AzureFirewallSubnet'),
      says: 'an Azure Firewall',
    },
    { when: "it is in a gateway's", world: inSubnet('gatewaySubnet'), says: 'a virtual network gateway' },
    { when: "it is in a Bastion's", world: inSubnet('AzureBastionSubnet'), says: 'an Azure Bastion' },
    { when: "it is in a Route Server's", world: inSubnet('RouteServerSubnet'), says: 'a Route Server' },
    {
      when: "the address of a firewall's subnet has no interface",
      explains: ['rule-partially-down'],
      world: () =>
        change(
          healthyWorld({ membership: 'ip' }),
          set('web-lb', `${address}.subnet`, subnet('AzureFirewallSubnet')),
          set('web-lb', `${address}.ipAddress`, '10.20.99.4'),
        ),
      affects: ['web-pool/web-2'],
      types: 'az network lb address-pool address remove',
    },
  ],
  silent: [
    { when: 'a subnet is called like a property that every JavaScript object has', world: inSubnet('constructor') },
    { when: 'members are machines', world: () => healthyWorld() },
    { when: 'members are addresses of machines', world: () => healthyWorld({ membership: 'ip' }) },
    { when: 'the interface has no machine', world: () => change(healthyWorld(), detached('web-2')) },
    { when: 'regional load balancers are behind a Global one', world: () => healthyGlobalWorld() },
  ],
} satisfies RuleWorlds;
