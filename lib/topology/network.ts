import type { NetworkInterfaceAnswer } from '../../schemas/az/network-interface.generated.ts';
import type { SecurityGroupAnswer } from '../../schemas/az/security-group.generated.ts';
import type { SubnetAnswer } from '../../schemas/az/subnet.generated.ts';
import { lastSegment } from '../azure/ids.ts';
import type { Read } from '../evidence/evidence.ts';
import type { Source } from '../evidence/source.ts';
import type { IpConfiguration, Nic, SecurityGroup, SecurityRule, Subnet } from './model.ts';

export function nicFrom({ answer, value }: Read<NetworkInterfaceAnswer>): Nic {
  const source: Source = { answer };
  return {
    source,
    id: value.id,
    name: value.name ?? lastSegment(value.id),
    primary: value.primary,
    provisioningState: value.provisioningState,
    enableIPForwarding: value.enableIPForwarding,
    machineId: value.virtualMachine?.id,
    virtualMachine: { source: { parent: source, key: 'virtualMachine' }, id: value.virtualMachine?.id },
    securityGroupId: value.networkSecurityGroup?.id,
    networkSecurityGroup: {
      source: { parent: source, key: 'networkSecurityGroup' },
      id: value.networkSecurityGroup?.id,
    },
    privateEndpointId: value.privateEndpoint?.id,
    privateLinkServiceId: value.privateLinkService?.id,
    ipConfigurations: value.ipConfigurations.map(
      (item, index): IpConfiguration => ({
        source: { parent: source, key: 'ipConfigurations', index },
        id: item.id ?? `${value.id}/ipConfigurations/${item.name}`,
        name: item.name,
        primary: item.primary,
        privateIPAddress: item.privateIPAddress,
        privateIPAddressVersion: item.privateIPAddressVersion,
        subnetId: item.subnet?.id,
        publicIPId: item.publicIPAddress?.id,
        loadBalancerBackendAddressPools: (item.loadBalancerBackendAddressPools ?? []).map(({ id }) => id),
        applicationSecurityGroupIds: (item.applicationSecurityGroups ?? []).map(({ id }) => id),
      }),
    ),
  };
}

export function subnetFrom({ answer, value }: Read<SubnetAnswer>): Subnet {
  return {
    source: { answer },
    id: value.id,
    name: value.name,
    addressPrefix: value.addressPrefix,
    addressPrefixes: value.addressPrefixes ?? (value.addressPrefix === undefined ? [] : [value.addressPrefix]),
    securityGroupId: value.networkSecurityGroup?.id,
    networkSecurityGroup: {
      source: { parent: { answer }, key: 'networkSecurityGroup' },
      id: value.networkSecurityGroup?.id,
    },
    natGatewayId: value.natGateway?.id,
    routeTableId: value.routeTable?.id,
    defaultOutboundAccess: value.defaultOutboundAccess,
    ipConfigurations: (value.ipConfigurations ?? []).map(({ id }) => id),
  };
}

export function securityGroupFrom({ answer, value }: Read<SecurityGroupAnswer>): SecurityGroup {
  const source: Source = { answer };
  const rules = (key: 'securityRules' | 'defaultSecurityRules'): readonly SecurityRule[] =>
    (value[key] ?? []).map((rule, index) => ({
      ...rule,
      source: { parent: source, key, index },
      groupId: value.id,
      groupName: value.name,
    }));
  return {
    source,
    id: value.id,
    name: value.name,
    rules: [...rules('securityRules'), ...rules('defaultSecurityRules')],
  };
}
