import { powerOf } from './health.ts';
import { itemsAt, type JsonObject, objectAt, textAt } from './json.ts';
import { type IpConfiguration, idOf, idsOf, ipConfigurationsOf, machineOf } from './relations.ts';
import {
  defaultSecurityRules,
  membersOf,
  networkManagersOf,
  prefixesOfTag,
  securityGroupsOf,
  valuesOf,
} from './security.ts';
import type { Resource, World } from './world.ts';

/** Why Azure can't compute what is effective on this NIC, if it can't. */
export function effectiveRefusal(world: World, nic: Resource): string | undefined {
  const machine = machineOf(world, nic.id);
  if (machine !== undefined && powerOf(world, machine) === 'running') return undefined;
  return `Network interface ${nic.id} should be associated with a running virtual machine to get the effective network security groups or routes.`;
}

/** Answers `effectiveNetworkSecurityGroups`: an entry for the subnet's group, one for the NIC's and one for each network manager. */
export function effectiveSecurityGroups(world: World, nic: Resource): JsonObject {
  const [configuration] = ipConfigurationsOf(nic);
  if (configuration === undefined) return { value: [] };
  const { onSubnet, onNic } = securityGroupsOf(world, configuration);
  return {
    value: [
      ...networkManagersOf(world).map((manager) => ({
        association: { networkManager: { id: manager.id } },
        effectiveSecurityRules: itemsAt(manager.properties, 'securityRules').map((rule) =>
          effectiveRule(world, configuration, rule, 'securityAdminRules'),
        ),
      })),
      ...(onNic ? [entry(world, configuration, onNic, { networkInterface: { id: nic.id } })] : []),
      ...(onSubnet
        ? [entry(world, configuration, onSubnet, { subnet: { id: idOf(configuration.properties.subnet) } })]
        : []),
    ],
  };
}

function entry(world: World, configuration: IpConfiguration, group: Resource, association: JsonObject): JsonObject {
  const rules = [
    ...itemsAt(group.properties, 'securityRules')
      .filter((rule) => isInForce(world, rule))
      .map((rule) => effectiveRule(world, configuration, rule, 'securityRules')),
    ...defaultSecurityRules.map((rule) => effectiveRule(world, configuration, rule, 'defaultSecurityRules')),
  ];
  const tags = ['AzureLoadBalancer', 'Internet', 'VirtualNetwork'];
  const used = tags.filter((tag) =>
    rules.some((rule) => rule.sourceAddressPrefix === tag || rule.destinationAddressPrefix === tag),
  );
  return {
    networkSecurityGroup: { id: group.id },
    association,
    effectiveSecurityRules: rules,
    tagMap: Object.fromEntries(used.map((tag) => [tag, prefixesOfTag(world, configuration, tag) ?? []])),
  };
}

/** Azure drops a rule that names several application security groups of which one is empty (azure-docs#77328). */
function isInForce(world: World, rule: JsonObject): boolean {
  return (['source', 'destination'] as const).every((side) => {
    const groups = idsOf(itemsAt(rule, 'properties', `${side}ApplicationSecurityGroups`));
    return groups.length < 2 || groups.every((group) => membersOf(world, [group]).length > 0);
  });
}

function effectiveRule(world: World, configuration: IpConfiguration, rule: JsonObject, collection: string): JsonObject {
  const { access, direction, priority } = objectAt(rule, 'properties');
  const protocol = textAt(rule, 'properties', 'protocol');
  return {
    name: `${collection}/${textAt(rule, 'name') ?? ''}`,
    protocol: protocol === '*' ? 'All' : protocol,
    ...pair('sourcePortRange', 'sourcePortRanges', portRanges(rule, 'sourcePortRange')),
    ...pair('destinationPortRange', 'destinationPortRanges', portRanges(rule, 'destinationPortRange')),
    ...addresses(world, configuration, rule, 'source'),
    ...addresses(world, configuration, rule, 'destination'),
    access,
    priority,
    direction,
  };
}

/** A single value stands in both fields, several only in the plural one. */
const pair = (singular: string, plural: string, values: readonly string[]): JsonObject => ({
  ...(values.length === 1 && { [singular]: values[0] }),
  [plural]: values,
});

const portRanges = (rule: JsonObject, field: string): readonly string[] =>
  valuesOf(rule, field, `${field}s`).map((range) =>
    range === '*' ? '0-65535' : range.includes('-') ? range : `${range}-${range}`,
  );

function addresses(
  world: World,
  configuration: IpConfiguration,
  rule: JsonObject,
  side: 'source' | 'destination',
): JsonObject {
  const groups = idsOf(itemsAt(rule, 'properties', `${side}ApplicationSecurityGroups`));
  const own =
    groups.length > 0
      ? membersOf(world, groups).map((address) => `${address}/32`)
      : valuesOf(rule, `${side}AddressPrefix`, `${side}AddressPrefixes`).map((prefix) =>
          prefix === '*' ? '0.0.0.0/0' : prefix,
        );
  const [only] = own;
  const expanded = own.length === 1 && only !== undefined ? prefixesOfTag(world, configuration, only) : undefined;
  const name = side === 'source' ? 'Source' : 'Destination';
  return {
    ...pair(`${side}AddressPrefix`, `${side}AddressPrefixes`, own),
    ...(expanded !== undefined && { [`expanded${name}AddressPrefix`]: expanded }),
  };
}

/** Answers `effectiveRouteTable` with the system's routes and those of the subnet's route table. */
export function effectiveRoutes(prefixes: readonly string[], routeTable: Resource | undefined): JsonObject {
  const own = itemsAt(routeTable?.properties, 'routes').map((route) => ({
    name: textAt(route, 'name'),
    source: 'User',
    state: 'Active',
    addressPrefix: [textAt(route, 'properties', 'addressPrefix') ?? ''],
    nextHopType: textAt(route, 'properties', 'nextHopType'),
    nextHopIpAddress: [textAt(route, 'properties', 'nextHopIpAddress') ?? ''].filter((each) => each !== ''),
    disableBgpRoutePropagation: false,
  }));
  const overridden = own.some(({ addressPrefix }) => addressPrefix[0] === '0.0.0.0/0');
  const system = (addressPrefix: readonly string[], nextHopType: string, state: string) => ({
    source: 'Default',
    state,
    addressPrefix,
    nextHopType,
    nextHopIpAddress: [],
    disableBgpRoutePropagation: false,
  });
  return {
    value: [
      system(prefixes, 'VnetLocal', 'Active'),
      system(['0.0.0.0/0'], 'Internet', overridden ? 'Invalid' : 'Active'),
      ...own,
    ],
  };
}
