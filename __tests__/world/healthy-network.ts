import { base, guid, idIn, type Plan, publicAddress } from './shape.ts';
import { asResource, type Resource } from './world.ts';

/** The network, the security group of its subnet and the NAT gateway. */
export function network(plan: Plan): readonly Resource[] {
  const securityGroup = idIn(plan, 'Network/networkSecurityGroups', 'web-nsg');
  const natGateway = idIn(plan, 'Network/natGateways', 'shop-nat');
  const natIp = publicAddress({ ...plan, zones: [] }, 'shop-nat-ip', '20.61.7.44', 'Standard');
  const ports = [...new Set(plan.balancingRules.map(({ backendPort }) => String(backendPort)))];
  const isTcp = plan.balancingRules.every(({ protocol }) => (protocol ?? 'Tcp') === 'Tcp');
  return [
    asResource({
      ...base(plan, 'Network/virtualNetworks', 'shop-vnet', plan.location),
      tags: {},
      properties: {
        provisioningState: 'Succeeded',
        resourceGuid: guid('shop-vnet'),
        addressSpace: { addressPrefixes: ['10.20.0.0/16', ...(plan.ipv6 ? ['fd00:20::/48'] : [])] },
        subnets: [
          {
            name: 'web-subnet',
            properties: {
              ...(plan.ipv6
                ? { addressPrefixes: ['10.20.0.0/20', 'fd00:20:1::/64'] }
                : { addressPrefix: '10.20.0.0/20' }),
              networkSecurityGroup: { id: securityGroup },
              ...(plan.sku !== 'Basic' && { natGateway: { id: natGateway } }),
              serviceEndpoints: [],
              delegations: [],
              privateEndpointNetworkPolicies: 'Disabled',
              privateLinkServiceNetworkPolicies: 'Enabled',
              defaultOutboundAccess: false,
            },
          },
        ],
        virtualNetworkPeerings: [],
        enableDdosProtection: false,
      },
    }),
    asResource({
      ...base(plan, 'Network/networkSecurityGroups', 'web-nsg', plan.location),
      tags: {},
      properties: {
        provisioningState: 'Succeeded',
        resourceGuid: guid('web-nsg'),
        securityRules: [
          {
            name: 'allow-web',
            properties: {
              protocol: isTcp ? 'Tcp' : '*',
              sourcePortRange: '*',
              ...(ports.length === 1 && ports[0] !== '0'
                ? { destinationPortRange: ports[0] }
                : ports.includes('0')
                  ? { destinationPortRange: '*' }
                  : { destinationPortRanges: ports }),
              sourceAddressPrefix: plan.internal ? 'VirtualNetwork' : 'Internet',
              destinationAddressPrefix: '*',
              access: 'Allow',
              priority: 200,
              direction: 'Inbound',
            },
          },
        ],
      },
    }),
    ...(plan.sku === 'Basic'
      ? []
      : [
          natIp,
          asResource({
            ...base(plan, 'Network/natGateways', 'shop-nat', plan.location),
            tags: {},
            sku: { name: 'Standard' },
            properties: {
              provisioningState: 'Succeeded',
              resourceGuid: guid('shop-nat'),
              idleTimeoutInMinutes: 4,
              publicIpAddresses: [{ id: natIp.id }],
            },
          }),
        ]),
  ];
}
