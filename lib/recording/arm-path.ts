import type { Options } from './argv.ts';

/** Where names without a subscription or a group belong: what the user's az would fill in. */
export interface LeftOut {
  readonly subscriptionId?: string;
  readonly resourceGroup?: string;
}

// The command group, then its type in ARM; what stands in `{}` is the option that names it.
const groups: readonly (readonly [group: string, path: string])[] = [
  ['network lb', 'Microsoft.Network/loadBalancers/{name}'],
  ['network lb frontend-ip', 'Microsoft.Network/loadBalancers/{lb-name}/frontendIPConfigurations/{name}'],
  ['network lb address-pool', 'Microsoft.Network/loadBalancers/{lb-name}/backendAddressPools/{name}'],
  ['network lb probe', 'Microsoft.Network/loadBalancers/{lb-name}/probes/{name}'],
  ['network lb rule', 'Microsoft.Network/loadBalancers/{lb-name}/loadBalancingRules/{name}'],
  ['network lb outbound-rule', 'Microsoft.Network/loadBalancers/{lb-name}/outboundRules/{name}'],
  ['network lb inbound-nat-rule', 'Microsoft.Network/loadBalancers/{lb-name}/inboundNatRules/{name}'],
  ['network lb inbound-nat-pool', 'Microsoft.Network/loadBalancers/{lb-name}/inboundNatPools/{name}'],
  ['network nic', 'Microsoft.Network/networkInterfaces/{name}'],
  ['network nic ip-config', 'Microsoft.Network/networkInterfaces/{nic-name}/ipConfigurations/{name}'],
  ['network nsg', 'Microsoft.Network/networkSecurityGroups/{name}'],
  ['network nsg rule', 'Microsoft.Network/networkSecurityGroups/{nsg-name}/securityRules/{name}'],
  ['network asg', 'Microsoft.Network/applicationSecurityGroups/{name}'],
  ['network vnet', 'Microsoft.Network/virtualNetworks/{name}'],
  ['network vnet subnet', 'Microsoft.Network/virtualNetworks/{vnet-name}/subnets/{name}'],
  ['network vnet peering', 'Microsoft.Network/virtualNetworks/{vnet-name}/virtualNetworkPeerings/{name}'],
  ['network route-table', 'Microsoft.Network/routeTables/{name}'],
  ['network route-table route', 'Microsoft.Network/routeTables/{route-table-name}/routes/{name}'],
  ['network public-ip', 'Microsoft.Network/publicIPAddresses/{name}'],
  ['network public-ip prefix', 'Microsoft.Network/publicIPPrefixes/{name}'],
  ['network nat gateway', 'Microsoft.Network/natGateways/{name}'],
  ['network private-link-service', 'Microsoft.Network/privateLinkServices/{name}'],
  ['network cross-region-lb', 'Microsoft.Network/loadBalancers/{name}'],
  ['vm', 'Microsoft.Compute/virtualMachines/{name}'],
  ['vm availability-set', 'Microsoft.Compute/availabilitySets/{name}'],
  ['vmss', 'Microsoft.Compute/virtualMachineScaleSets/{name}'],
  ['vmss nic', 'Microsoft.Compute/virtualMachineScaleSets/{vmss-name}/networkInterfaces/{name}'],
  ['aks', 'Microsoft.ContainerService/managedClusters/{name}'],
];

/** The id that names in options amount to: a resource, or the parent, group or subscription that is listed. */
export function armPath(
  verb: string,
  options: Options,
  place: LeftOut,
): { readonly ids: readonly string[]; readonly used: readonly string[] } {
  const words = verb.split(' ');
  if (words[0] === 'group') return groupPath(options, place);
  const group = groups.findLast(
    ([name]) => name === words.slice(0, name.split(' ').length).join(' ') && words.length > name.split(' ').length,
  );
  const subscription = options.get('subscription')?.[0] ?? place.subscriptionId ?? '*';
  const own = options.get('resource-group')?.[0];
  const { path, used } = filled(group?.[1] ?? 'unknown/{name}', options);
  // A list without a group is the subscription's; a name without one is in the user's default group.
  const resourceGroup = own ?? (path === '' ? undefined : (place.resourceGroup ?? '*'));
  const scope = `/subscriptions/${subscription}${resourceGroup === undefined ? '' : `/resourceGroups/${resourceGroup}`}`;
  return { ids: [`${scope}${path === '' ? '' : `/providers/${path}`}`], used: ['resource-group', ...used] };
}

/** A resource group is no resource in one. */
function groupPath(options: Options, place: LeftOut): ReturnType<typeof armPath> {
  const name = options.get('name')?.[0];
  const scope = `/subscriptions/${options.get('subscription')?.[0] ?? place.subscriptionId ?? '*'}`;
  return { ids: [name === undefined ? scope : `${scope}/resourceGroups/${name}`], used: ['name'] };
}

// Stops at the first option not given: `lb probe list --lb-name=L` asks about L.
function filled(template: string, options: Options): { readonly path: string; readonly used: readonly string[] } {
  const used: string[] = [];
  let path = '';
  for (const [, before = '', option = ''] of template.matchAll(/(.*?)\{(.*?)\}/g)) {
    const value = options.get(option)?.[0];
    if (value === undefined) break;
    path += before + value;
    used.push(option);
  }
  return { path, used };
}
