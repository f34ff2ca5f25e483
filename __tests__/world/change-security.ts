import { nicNamed } from './finding.ts';
import { itemsAt, type JsonObject } from './json.ts';
import { idOf } from './relations.ts';
import { guid } from './shape.ts';
import { asResource, type Change, named, resourceAt, type World, withProperty, withResource } from './world.ts';

export interface SecurityRule {
  readonly name?: string;
  readonly priority?: number;
  /** A port, a range or `*`. */
  readonly port?: number | string;
  readonly ports?: readonly string[];
  readonly source?: string;
  readonly sources?: readonly string[];
  readonly destination?: string;
  readonly protocol?: 'Tcp' | 'Udp' | '*';
  readonly direction?: 'Inbound' | 'Outbound';
}

function securityRuleBody(access: 'Allow' | 'Deny' | 'AlwaysAllow', rule: SecurityRule): JsonObject {
  return {
    name: rule.name ?? `${access.toLowerCase()}-${rule.port ?? 'all'}`,
    properties: {
      protocol: rule.protocol ?? '*',
      sourcePortRange: '*',
      ...(rule.ports ? { destinationPortRanges: rule.ports } : { destinationPortRange: String(rule.port ?? '*') }),
      ...(rule.sources ? { sourceAddressPrefixes: rule.sources } : { sourceAddressPrefix: rule.source ?? '*' }),
      destinationAddressPrefix: rule.destination ?? '*',
      access,
      priority: rule.priority ?? 100,
      direction: rule.direction ?? 'Inbound',
    },
  };
}

function withSecurityRule(world: World, groupId: string, body: JsonObject): World {
  const group = resourceAt(world, groupId);
  const others = itemsAt(group.properties, 'securityRules').filter((each) => each.name !== body.name);
  return withProperty(world, group.id, 'properties.securityRules', [...others, body]);
}

const onSubnet =
  (access: 'Allow' | 'Deny', rule: SecurityRule): Change =>
  (world) =>
    withSecurityRule(world, named(world, 'web-nsg').id, securityRuleBody(access, rule));

/** A rule in the security group of the members' subnet. */
export const subnetDenies = (rule: SecurityRule = {}): Change => onSubnet('Deny', rule);
export const subnetAllows = (rule: SecurityRule = {}): Change => onSubnet('Allow', rule);

/** A rule in the security group of this machine's NIC, which gets a group `<nic>-nsg` of its own if it has none. */
const onNic =
  (access: 'Allow' | 'Deny', machineOrNic: string, rule: SecurityRule): Change =>
  (world) => {
    const nic = nicNamed(world, machineOrNic);
    const existing = idOf(nic.properties.networkSecurityGroup);
    if (existing !== undefined) return withSecurityRule(world, existing, securityRuleBody(access, rule));
    const name = `${nic.name}-nsg`;
    const id = `${nic.id.split('/providers/')[0] ?? ''}/providers/Microsoft.Network/networkSecurityGroups/${name}`;
    const group = asResource({
      id,
      name,
      type: 'Microsoft.Network/networkSecurityGroups',
      location: nic.location,
      etag: `W/"${guid(name)}"`,
      tags: {},
      properties: {
        provisioningState: 'Succeeded',
        resourceGuid: guid(`${name}-guid`),
        securityRules: [securityRuleBody(access, rule)],
      },
    });
    return withProperty(withResource(world, group), nic.id, 'properties.networkSecurityGroup', { id });
  };

export const nicDenies = (machineOrNic: string, rule: SecurityRule = {}): Change => onNic('Deny', machineOrNic, rule);
export const nicAllows = (machineOrNic: string, rule: SecurityRule = {}): Change => onNic('Allow', machineOrNic, rule);

/** A security admin rule of the Virtual Network Manager `hub-manager`, which is before every group. */
const byManager =
  (access: 'Allow' | 'Deny' | 'AlwaysAllow', rule: SecurityRule): Change =>
  (world) => {
    const id = `${named(world, 'shop-vnet').id.split('/virtualNetworks/')[0] ?? ''}/networkManagers/hub-manager`;
    const manager = asResource({ id, name: 'hub-manager', type: 'Microsoft.Network/networkManagers', properties: {} });
    const known = world.resources.has(id.toLowerCase()) ? world : withResource(world, manager);
    return withSecurityRule(known, id, securityRuleBody(access, rule));
  };

export const managerDenies = (rule: SecurityRule = {}): Change => byManager('Deny', rule);
export const managerAllows = (rule: SecurityRule = {}): Change => byManager('Allow', rule);
export const managerAlwaysAllows = (rule: SecurityRule = {}): Change => byManager('AlwaysAllow', rule);

/** Neither the members' subnet nor their interfaces have a security group. */
export const unguarded = (): Change => (world) =>
  withProperty(world, 'shop-vnet', 'properties.subnets[web-subnet].properties.networkSecurityGroup', undefined);

/** The interface of this machine is in an application security group `<name>`. */
export const inApplicationGroup =
  (machineOrNic: string, name: string): Change =>
  (world) => {
    const nic = nicNamed(world, machineOrNic);
    const id = applicationGroupId(world, name);
    return withProperty(world, nic.id, 'properties.ipConfigurations[0].properties.applicationSecurityGroups', [{ id }]);
  };

export const applicationGroupId = (world: World, name: string): string =>
  `${named(world, 'shop-vnet').id.split('/virtualNetworks/')[0] ?? ''}/applicationSecurityGroups/${name}`;

/** The named rule of the subnet's group is for this application security group instead of an address. */
export const towardsApplicationGroup =
  (rule: string, name: string): Change =>
  (world) => {
    const group = named(world, 'web-nsg');
    const path = `properties.securityRules[${rule}].properties`;
    const without = withProperty(world, group.id, `${path}.destinationAddressPrefix`, undefined);
    const id = applicationGroupId(world, name);
    return withProperty(without, group.id, `${path}.destinationApplicationSecurityGroups`, [{ id }]);
  };

/** A security rule of the subnet's group is gone. */
export const withoutSecurityRule =
  (name: string): Change =>
  (world) => {
    const group = named(world, 'web-nsg');
    const others = itemsAt(group.properties, 'securityRules').filter((each) => each.name !== name);
    return withProperty(world, group.id, 'properties.securityRules', others);
  };
