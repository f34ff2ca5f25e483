import { type JsonObject, textAt } from './json.ts';
import { asResource, emptyWorld, type Guest, type Listener, type Resource, type World } from './world.ts';

export interface BalancingRuleShape {
  readonly name: string;
  readonly frontendPort: number;
  readonly backendPort: number;
  readonly protocol?: 'Tcp' | 'Udp' | 'All';
  readonly frontend?: string;
  readonly pool?: string;
  /** null: the balancing rule has no probe. */
  readonly probe?: string | null;
}

export interface ProbeShape {
  readonly name: string;
  readonly protocol: 'Http' | 'Https' | 'Tcp';
  readonly port: number;
  readonly path?: string;
}

export interface PoolShape {
  /** `web-pool` has machines web-1, web-2, …; those of a scale set are web_1, web_2, … of the set `web`. */
  readonly name: string;
  readonly members?: number;
}

/** What a healthy world looks like; everything has a boring default. */
export interface Shape {
  readonly name?: string;
  readonly group?: string;
  readonly location?: string;
  readonly clock?: string;
  readonly members?: number;
  readonly membership?: 'nic' | 'ip' | 'uniform' | 'flexible';
  readonly internal?: boolean;
  readonly sku?: 'Standard' | 'Basic' | 'Gateway';
  /** Adds an IPv6 frontend, balancing rule and NIC configurations beside those of IPv4. */
  readonly ipv6?: boolean;
  readonly zones?: readonly string[];
  readonly pools?: readonly PoolShape[];
  readonly probes?: readonly ProbeShape[];
  readonly balancingRules?: readonly BalancingRuleShape[];
  readonly tags?: Readonly<Record<string, string>>;
}

interface Plan extends Required<Shape> {
  readonly world: World;
}

/** A load balancer `web-lb` in group `shop-rg` that works: public, Standard, 443 to 8443 of three machines in three zones. */
export function healthyWorld(shape: Shape = {}): World {
  const world = emptyWorld(shape.clock);
  const zones = shape.zones ?? ['1', '2', '3'];
  const plan: Plan = {
    world,
    name: 'web-lb',
    group: 'shop-rg',
    location: 'westeurope',
    clock: world.clock,
    members: 3,
    membership: 'nic',
    internal: shape.sku === 'Gateway',
    sku: 'Standard',
    ipv6: false,
    pools: [{ name: 'web-pool' }],
    probes: [{ name: 'web-probe', protocol: 'Http', port: 8443, path: '/healthz' }],
    balancingRules: [
      shape.sku === 'Gateway'
        ? { name: 'all', frontendPort: 0, backendPort: 0, protocol: 'All' }
        : { name: 'https', frontendPort: 443, backendPort: 8443 },
    ],
    tags: { owner: 'shop-platform' },
    ...shape,
    zones: shape.sku === 'Basic' ? [] : zones,
  };
  const machines = plan.pools.flatMap((pool, poolIndex) =>
    Array.from({ length: pool.members ?? plan.members }, (_, index) => machine(plan, pool, poolIndex, index + 1)),
  );
  const sets =
    plan.membership === 'uniform' || plan.membership === 'flexible'
      ? plan.pools.map((pool) => scaleSet(plan, pool))
      : [];
  const resources = [...loadBalancer(plan), ...network(plan), ...sets, ...machines.flatMap((each) => each.resources)];
  return {
    ...world,
    resources: new Map(resources.map((resource) => [resource.id.toLowerCase(), resource])),
    guests: new Map(machines.map(({ id, guest }) => [id.toLowerCase(), guest])),
  };
}

/** A Global load balancer `web-lb` over the regional ones `web-lb-east` and `web-lb-west`. */
export function healthyGlobalWorld(shape: Shape = {}): World {
  const east = healthyWorld({ ...shape, name: 'web-lb-east', group: 'shop-east-rg', location: 'eastus2' });
  const west = healthyWorld({ ...shape, name: 'web-lb-west', group: 'shop-west-rg', location: 'westus2' });
  const plan = { world: east, group: 'shop-rg' };
  const lbId = idIn(plan, 'Network/loadBalancers', 'web-lb');
  const regional = (world: World) =>
    [...world.resources.values()].filter(({ type }) => type === 'Microsoft.Network/loadBalancers').map(({ id }) => id);
  const publicIp = publicAddress(
    { ...plan, location: 'eastus2', zones: [] },
    'web-lb-ip',
    '20.99.1.10',
    'Standard',
    'Global',
  );
  const lb = asResource({
    ...base(plan, 'Network/loadBalancers', 'web-lb', 'eastus2'),
    tags: { owner: 'shop-platform' },
    sku: { name: 'Standard', tier: 'Global' },
    properties: {
      provisioningState: 'Succeeded',
      resourceGuid: guid('web-lb-global'),
      frontendIPConfigurations: [
        {
          name: 'web-frontend',
          properties: { privateIPAllocationMethod: 'Dynamic', publicIPAddress: { id: publicIp.id } },
        },
      ],
      backendAddressPools: [
        {
          name: 'web-pool',
          properties: {
            loadBalancerBackendAddresses: [east, west].flatMap(regional).map((id) => ({
              name: `${id.split('/').at(-1) ?? ''}-address`,
              properties: {
                loadBalancerFrontendIPConfiguration: { id: `${id}/frontendIPConfigurations/web-frontend` },
              },
            })),
          },
        },
      ],
      probes: [],
      loadBalancingRules: [
        {
          name: 'https',
          properties: {
            ...ruleDefaults,
            frontendIPConfiguration: { id: `${lbId}/frontendIPConfigurations/web-frontend` },
            backendAddressPools: [{ id: `${lbId}/backendAddressPools/web-pool` }],
            protocol: 'Tcp',
            frontendPort: 443,
            backendPort: 443,
          },
        },
      ],
    },
  });
  return {
    ...east,
    resources: new Map([
      ...east.resources,
      ...west.resources,
      [publicIp.id.toLowerCase(), publicIp],
      [lb.id.toLowerCase(), lb],
    ]),
    guests: new Map([...east.guests, ...west.guests]),
  };
}

type Place = Pick<Plan, 'world' | 'group'>;

export const idIn = ({ world, group }: Place, type: string, name: string): string =>
  `/subscriptions/${world.subscription}/resourceGroups/${group}/providers/Microsoft.${type}/${name}`;

const base = (place: Place, type: string, name: string, location: string): JsonObject => ({
  id: idIn(place, type, name),
  name,
  type: `Microsoft.${type}`,
  location,
  ...(type.startsWith('Network/') && { etag: `W/"${guid(name)}"` }),
});

/** A stable GUID made of a name, so that a world reads the same each time it is built. */
export function guid(name: string): string {
  let hash = 2166136261;
  const digits = () => {
    let text = '';
    for (let round = 0; round < 4; round += 1) {
      for (const letter of `${name}${round}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619) >>> 0;
      text += hash.toString(16).padStart(8, '0');
    }
    return text;
  };
  const hex = digits();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const ruleDefaults = {
  loadDistribution: 'Default',
  idleTimeoutInMinutes: 4,
  enableFloatingIP: false,
  enableTcpReset: true,
  disableOutboundSnat: true,
};

const publicAddress = (
  plan: Pick<Plan, 'world' | 'group' | 'location' | 'zones'>,
  name: string,
  ipAddress: string,
  sku: string,
  tier = 'Regional',
): Resource =>
  asResource({
    ...base(plan, 'Network/publicIPAddresses', name, plan.location),
    ...(plan.zones.length > 0 && { zones: plan.zones }),
    tags: { owner: 'shop-platform' },
    sku: { name: sku, tier },
    properties: {
      provisioningState: 'Succeeded',
      resourceGuid: guid(name),
      ipAddress,
      publicIPAddressVersion: ipAddress.includes(':') ? 'IPv6' : 'IPv4',
      publicIPAllocationMethod: 'Static',
      idleTimeoutInMinutes: 4,
      ipTags: [],
      ddosSettings: { protectionMode: 'VirtualNetworkInherited' },
    },
  });

const subnetIdOf = (plan: Plan): string => `${idIn(plan, 'Network/virtualNetworks', 'shop-vnet')}/subnets/web-subnet`;
const poolIdOf = (plan: Plan, pool: string): string =>
  `${idIn(plan, 'Network/loadBalancers', plan.name)}/backendAddressPools/${pool}`;

function loadBalancer(plan: Plan): readonly Resource[] {
  const lbId = idIn(plan, 'Network/loadBalancers', plan.name);
  const families = plan.ipv6 ? ['', '-v6'] : [''];
  const publicIps = plan.internal
    ? []
    : families.map((family) =>
        publicAddress(
          plan,
          `${plan.name}-ip${family}`,
          family === '' ? `20.50.${hostByte(plan.name)}.20` : '2603:1020:206:3::20',
          plan.sku === 'Basic' ? 'Basic' : 'Standard',
        ),
      );
  const frontends = new Set(['web-frontend', ...plan.balancingRules.map(({ frontend }) => frontend ?? 'web-frontend')]);
  const frontend = (name: string, family: string, index: number): JsonObject => ({
    name: `${name}${family}`,
    ...(plan.internal && plan.zones.length > 0 && { zones: plan.zones }),
    properties: plan.internal
      ? {
          privateIPAddress: family === '' ? `10.20.15.${250 - index}` : `fd00:20:1::${250 - index}`,
          privateIPAllocationMethod: 'Static',
          privateIPAddressVersion: family === '' ? 'IPv4' : 'IPv6',
          subnet: { id: subnetIdOf(plan) },
        }
      : {
          privateIPAllocationMethod: 'Dynamic',
          publicIPAddress: {
            id: idIn(plan, 'Network/publicIPAddresses', `${plan.name}-ip${index === 0 ? '' : `-${name}`}${family}`),
          },
        },
  });
  const otherIps = plan.internal
    ? []
    : [...frontends]
        .slice(1)
        .map((name, index) =>
          publicAddress(plan, `${plan.name}-ip-${name}`, `20.50.${hostByte(plan.name)}.${30 + index}`, 'Standard'),
        );
  const [firstPool] = plan.pools;
  const [firstProbe] = plan.probes;
  const rule = (shape: BalancingRuleShape, family: string): JsonObject => {
    const probe = shape.probe === undefined ? firstProbe?.name : shape.probe;
    return {
      name: `${shape.name}${family}`,
      properties: {
        ...ruleDefaults,
        ...(plan.internal && { disableOutboundSnat: false }),
        ...((shape.protocol === 'Udp' || plan.sku === 'Basic') && { enableTcpReset: false }),
        frontendIPConfiguration: {
          id: `${lbId}/frontendIPConfigurations/${shape.frontend ?? 'web-frontend'}${family}`,
        },
        backendAddressPools: [{ id: poolIdOf(plan, `${shape.pool ?? firstPool?.name ?? ''}${family}`) }],
        ...(probe && { probe: { id: `${lbId}/probes/${probe}` } }),
        protocol: shape.protocol ?? 'Tcp',
        frontendPort: shape.frontendPort,
        backendPort: shape.backendPort,
      },
    };
  };
  const lb = asResource({
    ...base(plan, 'Network/loadBalancers', plan.name, plan.location),
    tags: plan.tags,
    sku: { name: plan.sku, tier: 'Regional' },
    properties: {
      provisioningState: 'Succeeded',
      resourceGuid: guid(plan.name),
      frontendIPConfigurations: families.flatMap((family) =>
        [...frontends].map((name, index) => frontend(name, family, index)),
      ),
      backendAddressPools: families.flatMap((family) =>
        plan.pools.map((pool, index) => poolBody(plan, pool, index, family)),
      ),
      loadBalancingRules: families.flatMap((family) => plan.balancingRules.map((each) => rule(each, family))),
      probes: plan.probes.map(probeBody),
      inboundNatRules: [],
      outboundRules: [],
      inboundNatPools: [],
    },
  });
  return [lb, ...publicIps, ...otherIps];
}

const hostByte = (name: string): number =>
  10 + ([...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 200);

const probeBody = ({ name, protocol, port, path }: ProbeShape): JsonObject => ({
  name,
  properties: {
    protocol,
    port,
    ...(protocol !== 'Tcp' && { requestPath: path ?? '/healthz' }),
    intervalInSeconds: 15,
    numberOfProbes: 2,
    probeThreshold: 2,
    noHealthyBackendsBehavior: 'AllProbedDown',
  },
});

function poolBody(plan: Plan, pool: PoolShape, poolIndex: number, family: string): JsonObject {
  const networkId = idIn(plan, 'Network/virtualNetworks', 'shop-vnet');
  const gateway = {
    tunnelInterfaces: [
      { port: 10800, identifier: 800, protocol: 'VXLAN', type: 'Internal' },
      { port: 10801, identifier: 801, protocol: 'VXLAN', type: 'External' },
    ],
  };
  const addresses: readonly JsonObject[] =
    plan.membership === 'ip'
      ? Array.from({ length: pool.members ?? plan.members }, (_, index) => ({
          name: machineName(plan, pool, index + 1),
          properties: {
            ipAddress: family === '' ? addressOf(poolIndex, index + 1) : addressOf6(poolIndex, index + 1),
            virtualNetwork: { id: networkId },
          },
        }))
      : [];
  return {
    name: `${pool.name}${family}`,
    properties: { ...(plan.sku === 'Gateway' && gateway), loadBalancerBackendAddresses: addresses },
  };
}

function network(plan: Plan): readonly Resource[] {
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

const prefixOf = (pool: PoolShape): string => pool.name.replace(/-pool$/, '');

const machineName = (plan: Plan, pool: PoolShape, number: number): string =>
  plan.membership === 'uniform' || plan.membership === 'flexible'
    ? `${prefixOf(pool)}_${number}`
    : `${prefixOf(pool)}-${number}`;

const addressOf = (poolIndex: number, number: number): string =>
  `10.20.${poolIndex * 2 + Math.floor(number / 240)}.${3 + (number % 240)}`;

const addressOf6 = (poolIndex: number, number: number): string =>
  `fd00:20:1::${(poolIndex + 1).toString(16)}:${number.toString(16)}`;

function ipConfigurationBodies(
  plan: Plan,
  pool: PoolShape,
  poolIndex: number,
  number: number | undefined,
): readonly JsonObject[] {
  const isNicPool = plan.membership !== 'ip';
  const body = (family: string, primary: boolean): JsonObject => ({
    name: `ipconfig1${family}`,
    properties: {
      ...(number !== undefined && {
        privateIPAddress: family === '' ? addressOf(poolIndex, number) : addressOf6(poolIndex, number),
        privateIPAllocationMethod: 'Dynamic',
      }),
      subnet: { id: subnetIdOf(plan) },
      primary,
      privateIPAddressVersion: family === '' ? 'IPv4' : 'IPv6',
      ...(isNicPool && { loadBalancerBackendAddressPools: [{ id: poolIdOf(plan, `${pool.name}${family}`) }] }),
    },
  });
  return [body('', true), ...(plan.ipv6 ? [body('-v6', false)] : [])];
}

const modelConfigurations = (plan: Plan, pool: PoolShape): readonly JsonObject[] => [
  {
    name: `${prefixOf(pool)}-nic`,
    properties: {
      primary: true,
      enableAcceleratedNetworking: false,
      enableIPForwarding: false,
      ipConfigurations: ipConfigurationBodies(plan, pool, 0, undefined),
    },
  },
];

function scaleSet(plan: Plan, pool: PoolShape): Resource {
  const name = prefixOf(pool);
  const isUniform = plan.membership === 'uniform';
  return asResource({
    ...base(plan, 'Compute/virtualMachineScaleSets', name, plan.location),
    tags: { owner: 'shop-platform' },
    ...(plan.zones.length > 0 && { zones: plan.zones }),
    sku: { name: 'Standard_D2s_v5', tier: 'Standard', capacity: pool.members ?? plan.members },
    properties: {
      provisioningState: 'Succeeded',
      uniqueId: guid(`${name}-set`),
      orchestrationMode: isUniform ? 'Uniform' : 'Flexible',
      platformFaultDomainCount: 1,
      singlePlacementGroup: false,
      ...(isUniform && { upgradePolicy: { mode: 'Manual' }, overprovision: false }),
      virtualMachineProfile: {
        osProfile: { computerNamePrefix: name, adminUsername: 'shopadmin' },
        storageProfile: { osDisk: { osType: 'Linux', createOption: 'FromImage', diskSizeGB: 30 } },
        networkProfile: {
          ...(!isUniform && { networkApiVersion: '2022-11-01' }),
          networkInterfaceConfigurations: modelConfigurations(plan, pool),
        },
      },
    },
  });
}

function machine(
  plan: Plan,
  pool: PoolShape,
  poolIndex: number,
  number: number,
): { readonly id: string; readonly guest: Guest; readonly resources: readonly Resource[] } {
  const name = machineName(plan, pool, number);
  const setId = idIn(plan, 'Compute/virtualMachineScaleSets', prefixOf(pool));
  const isUniform = plan.membership === 'uniform';
  const id = isUniform ? `${setId}/virtualMachines/${number}` : idIn(plan, 'Compute/virtualMachines', name);
  const nicName = isUniform ? `${prefixOf(pool)}-nic` : `${name}-nic`;
  const nicId = isUniform ? `${id}/networkInterfaces/${nicName}` : idIn(plan, 'Network/networkInterfaces', nicName);
  const zone = plan.zones[(number - 1) % plan.zones.length];
  const nic = asResource({
    id: nicId,
    name: nicName,
    type: isUniform
      ? 'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/networkInterfaces'
      : 'Microsoft.Network/networkInterfaces',
    etag: `W/"${guid(nicId)}"`,
    ...(!isUniform && { location: plan.location, tags: {} }),
    properties: {
      provisioningState: 'Succeeded',
      resourceGuid: guid(`${name}-nic`),
      ipConfigurations: ipConfigurationBodies(plan, pool, poolIndex, number),
      dnsSettings: { dnsServers: [], appliedDnsServers: [] },
      macAddress: `60-45-BD-${[poolIndex, number >> 8, number & 255].map((each) => each.toString(16).padStart(2, '0').toUpperCase()).join('-')}`,
      enableAcceleratedNetworking: false,
      enableIPForwarding: false,
      nicType: 'Standard',
      hostedWorkloads: [],
    },
  });
  const body: JsonObject = {
    ...base(
      plan,
      isUniform ? 'Compute/virtualMachineScaleSets/virtualMachines' : 'Compute/virtualMachines',
      name,
      plan.location,
    ),
    id,
    name,
    ...(isUniform && { instanceId: String(number), sku: { name: 'Standard_D2s_v5', tier: 'Standard' } }),
    tags: { owner: 'shop-platform' },
    ...(zone !== undefined && { zones: [zone] }),
    properties: {
      provisioningState: 'Succeeded',
      vmId: guid(`${name}-vm`),
      hardwareProfile: { vmSize: 'Standard_D2s_v5' },
      ...(isUniform && {
        latestModelApplied: true,
        networkProfileConfiguration: { networkInterfaceConfigurations: modelConfigurations(plan, pool) },
      }),
      ...(plan.membership === 'flexible' && { virtualMachineScaleSet: { id: setId } }),
      storageProfile: {
        osDisk: { osType: 'Linux', name: `${name}-os`, createOption: 'FromImage', diskSizeGB: 30 },
        dataDisks: [],
      },
      osProfile: { computerName: name, adminUsername: 'shopadmin', secrets: [], allowExtensionOperations: true },
      networkProfile: { networkInterfaces: [{ id: nicId, ...(!isUniform && { properties: { primary: true } }) }] },
      timeCreated: '2026-03-14T07:40:12.5571239+00:00',
    },
  };
  return {
    id,
    guest: { power: 'running', listeners: listeners(plan, pool), agentReady: true },
    resources: [asResource(body), nic],
  };
}

/** The guests answer their probes, and listen on the backend ports. */
function listeners(plan: Plan, pool: PoolShape): readonly Listener[] {
  const [firstPool] = plan.pools;
  const [firstProbe] = plan.probes;
  const rules = plan.balancingRules.filter((rule) => (rule.pool ?? firstPool?.name) === pool.name);
  const probes = plan.probes.filter(({ name }) =>
    rules.some(({ probe }) => (probe === undefined ? firstProbe?.name : probe) === name),
  );
  const probed = probes.map(({ protocol, port, path }): Listener => {
    if (protocol === 'Tcp') return { port, speaks: 'tcp' };
    return { port, speaks: protocol === 'Http' ? 'http' : 'https', statuses: { [path ?? '/healthz']: 200, '/': 200 } };
  });
  const others = rules.map(({ backendPort }): Listener => ({ port: backendPort, speaks: 'tcp' }));
  return [...probed, ...others.filter(({ port }) => port !== 0 && !probed.some((each) => each.port === port))];
}

/** The first load balancer of a world: the one that its story is about. */
export function loadBalancerOf(world: World): Resource {
  const [lb] = [...world.resources.values()].filter(({ type, sku }) => {
    return type === 'Microsoft.Network/loadBalancers' && (textAt(sku, 'tier') === 'Global' || !hasGlobal(world));
  });
  if (lb === undefined) throw new Error('No load balancer in this world');
  return lb;
}

const hasGlobal = (world: World): boolean =>
  [...world.resources.values()].some(({ sku }) => textAt(sku, 'tier') === 'Global' && sku !== undefined);
