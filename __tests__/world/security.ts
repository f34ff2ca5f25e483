import { itemsAt, type JsonObject, numberAt, objectAt, textAt, textsAt } from './json.ts';
import { type IpConfiguration, idOf, idsOf, ipConfigurations, prefixesOf, sameId, subnetAt } from './relations.ts';
import { type Resource, resourcesOf, type World } from './world.ts';

export const PROBE_SOURCE = '168.63.129.16';
/** Where the probes of IPv6 members come from. */
export const PROBE_SOURCE_IPV6 = 'fe80::1234:5678:9abc';

/** A new TCP connection towards a NIC configuration. */
export interface Connection {
  readonly from: string;
  readonly to: IpConfiguration;
  readonly port: number;
}

const securityRule = (name: string, priority: number, rule: JsonObject): JsonObject => ({
  name,
  properties: {
    protocol: '*',
    sourcePortRange: '*',
    destinationPortRange: '*',
    sourceAddressPrefix: '*',
    destinationAddressPrefix: '*',
    priority,
    ...rule,
  },
});

const inbound = (access: string) => ({ access, direction: 'Inbound' });
const outbound = (access: string) => ({ access, direction: 'Outbound' });
const inNetwork = { sourceAddressPrefix: 'VirtualNetwork', destinationAddressPrefix: 'VirtualNetwork' };

export const defaultSecurityRules: readonly JsonObject[] = [
  securityRule('AllowVnetInBound', 65000, { ...inbound('Allow'), ...inNetwork }),
  securityRule('AllowAzureLoadBalancerInBound', 65001, {
    ...inbound('Allow'),
    sourceAddressPrefix: 'AzureLoadBalancer',
  }),
  securityRule('DenyAllInBound', 65500, inbound('Deny')),
  securityRule('AllowVnetOutBound', 65000, { ...outbound('Allow'), ...inNetwork }),
  securityRule('AllowInternetOutBound', 65001, { ...outbound('Allow'), destinationAddressPrefix: 'Internet' }),
  securityRule('DenyAllOutBound', 65500, outbound('Deny')),
];

/** The security groups a packet to this configuration passes: the subnet's and the NIC's. */
export function securityGroupsOf(
  world: World,
  { nic, properties }: IpConfiguration,
): { onSubnet?: Resource; onNic?: Resource } {
  const group = (id: string | undefined) => (id === undefined ? undefined : world.resources.get(id.toLowerCase()));
  const onSubnet = group(
    idOf(objectAt(subnetAt(world, idOf(properties.subnet))?.subnet, 'properties').networkSecurityGroup),
  );
  const onNic = group(idOf(nic.properties.networkSecurityGroup));
  return { ...(onSubnet && { onSubnet }), ...(onNic && { onNic }) };
}

// Health and metrics ask the same of the same world.
const admitted = new WeakMap<World, Map<string, boolean>>();

/** Whether every security group on the way lets the connection in. */
export function admits(world: World, connection: Connection): boolean {
  const known = admitted.get(world) ?? new Map<string, boolean>();
  admitted.set(world, known);
  const key = `${connection.to.id} ${connection.from} ${connection.port}`;
  const answer = known.get(key) ?? isAdmitted(world, connection);
  known.set(key, answer);
  return answer;
}

function isAdmitted(world: World, connection: Connection): boolean {
  const admin = networkManagersOf(world).map((manager) =>
    textAt(firstInbound(world, itemsAt(manager.properties, 'securityRules'), connection), 'properties', 'access'),
  );
  if (admin.includes('Deny')) return false;
  if (admin.includes('AlwaysAllow')) return true;
  return Object.values(securityGroupsOf(world, connection.to)).every((group) => groupAdmits(world, group, connection));
}

/** Virtual Network Managers, each with its security admin rules beside it instead of in a configuration of their own. */
export const networkManagersOf = (world: World): readonly Resource[] =>
  resourcesOf(world, 'Microsoft.Network/networkManagers');

function groupAdmits(world: World, group: Resource, connection: Connection): boolean {
  const rules = [...itemsAt(group.properties, 'securityRules'), ...defaultSecurityRules];
  return textAt(firstInbound(world, rules, connection), 'properties', 'access') === 'Allow';
}

const firstInbound = (world: World, rules: readonly JsonObject[], connection: Connection): JsonObject | undefined =>
  rules
    .filter((rule) => textAt(rule, 'properties', 'direction') === 'Inbound')
    .toSorted((one, other) => priorityOf(one) - priorityOf(other))
    .find((rule) => matches(world, rule, connection));

const priorityOf = (rule: JsonObject): number => numberAt(rule, 'properties', 'priority') ?? 0;

/** The values of a pair like sourceAddressPrefix and sourceAddressPrefixes; ARM fills one of the two. */
export function valuesOf(rule: JsonObject, singular: string, plural: string): readonly string[] {
  const one = textAt(rule, 'properties', singular);
  return [...(one === undefined || one === '' ? [] : [one]), ...textsAt(rule, 'properties', plural)];
}

function matches(world: World, rule: JsonObject, { from, to, port }: Connection): boolean {
  const { properties: configuration } = to;
  const address = textAt(configuration, 'privateIPAddress') ?? '';
  const protocol = textAt(rule, 'properties', 'protocol')?.toLowerCase();
  const groups = idsOf(itemsAt(rule, 'properties', 'destinationApplicationSecurityGroups'));
  const sourceGroups = idsOf(itemsAt(rule, 'properties', 'sourceApplicationSecurityGroups'));
  const own = idsOf(itemsAt(configuration, 'applicationSecurityGroups'));
  return (
    (protocol === '*' || protocol === 'tcp') &&
    valuesOf(rule, 'destinationPortRange', 'destinationPortRanges').some((range) => portIn(range, port)) &&
    (sourceGroups.length > 0
      ? membersOf(world, sourceGroups).includes(from)
      : valuesOf(rule, 'sourceAddressPrefix', 'sourceAddressPrefixes').some((prefix) =>
          holds(world, to, prefix, from),
        )) &&
    (groups.length > 0
      ? groups.some((group) => own.some((id) => sameId(id, group)))
      : valuesOf(rule, 'destinationAddressPrefix', 'destinationAddressPrefixes').some((prefix) =>
          holds(world, to, prefix, address),
        ))
  );
}

/** The addresses of the NIC configurations in application security groups. */
export const membersOf = (world: World, groupIds: readonly string[]): readonly string[] =>
  ipConfigurations(world)
    .filter(({ properties }) =>
      idsOf(itemsAt(properties, 'applicationSecurityGroups')).some((id) => groupIds.some((group) => sameId(id, group))),
    )
    .map(({ properties }) => textAt(properties, 'privateIPAddress') ?? '');

function portIn(range: string, port: number): boolean {
  if (range === '*') return true;
  const [low, high] = range.split('-').map(Number);
  return low !== undefined && port >= low && port <= (high ?? low);
}

function holds(world: World, to: IpConfiguration, prefix: string, address: string): boolean {
  if (prefix === '*') return true;
  const tag = prefixesOfTag(world, to, prefix);
  // IPv6 prefixes are compared as text: the worlds have no IPv6 security rules but those by tag.
  if (address.includes(':')) return tag === undefined ? prefix === address : prefix.toLowerCase() !== 'internet';
  return (tag ?? [prefix]).some((each) => inPrefix(each, address));
}

/** What Azure expands a service tag to, seen from a NIC configuration's network; undefined when it is no tag we know. */
export function prefixesOfTag(
  world: World,
  { properties }: IpConfiguration,
  tag: string,
): readonly string[] | undefined {
  switch (tag.toLowerCase()) {
    case 'azureloadbalancer':
      return [`${PROBE_SOURCE}/32`];
    case 'virtualnetwork':
      // Azure's VirtualNetwork holds the probe source as well (samples of `list-effective-nsg`).
      return [...prefixesOf(subnetAt(world, idOf(properties.subnet))?.network), `${PROBE_SOURCE}/32`];
    case 'internet':
      return INTERNET;
    case 'azureplatformdns':
      return [`${PROBE_SOURCE}/32`];
    case 'azureplatformimds':
      return ['169.254.169.254/32'];
    default:
      return undefined;
  }
}

export function inPrefix(prefix: string, address: string): boolean {
  const [base = '', length = '32'] = prefix.split('/');
  if (prefix.includes(':') || address.includes(':')) return prefix === address;
  const size = 2 ** (32 - Number(length));
  return Math.floor(numeric(base) / size) === Math.floor(numeric(address) / size);
}

function numeric(address: string): number {
  let sum = 0;
  for (const part of address.split('.')) sum = sum * 256 + Number(part);
  return sum;
}

const NOT_INTERNET = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  `${PROBE_SOURCE}/32`,
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
];

const INTERNET = publicPrefixes(0, 0);

function publicPrefixes(base: number, length: number): readonly string[] {
  const size = 2 ** (32 - length);
  const excluded = NOT_INTERNET.map((prefix) => {
    const [start = '', bits] = prefix.split('/');
    return { start: numeric(start), end: numeric(start) + 2 ** (32 - Number(bits)) };
  });
  if (excluded.some(({ start, end }) => start <= base && end >= base + size)) return [];
  if (!excluded.some(({ start, end }) => start < base + size && end > base)) return [`${dotted(base)}/${length}`];
  return [...publicPrefixes(base, length + 1), ...publicPrefixes(base + size / 2, length + 1)];
}

function dotted(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
