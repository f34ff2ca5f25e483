import { isObject, type Json, type JsonObject } from './json.ts';

/** What the in-memory az can print as. 2.91 and 2.50 are compared with the real ones; 2.45 follows what is known of it. */
export type AzVersion = '2.91.0' | '2.50.0' | '2.45.0';

/** How one version of az prints one kind of answer. */
export interface Dialect {
  /** Through the older SDK models: `Ip` and `Gb` in keys, explicit nulls, times of another form. */
  readonly sdk: boolean;
  /** Fields that its API version doesn't know, by key or `list.key`. */
  readonly drops: ReadonlySet<string>;
}

const nothing: ReadonlySet<string> = new Set();
/** Azure answers these of a load balancer, and no published API version has them. */
const unpublished = new Set(['allowBackendPortConflict', 'enableDestinationServiceEndpoint', 'outboundNatRules']);
const newerThan2023 = new Set([
  'noHealthyBackendsBehavior',
  'defaultOutboundAccess',
  'enableConnectionTracking',
  'scope',
]);
const scaleSetNics = new Set(['enableAcceleratedNetworking', 'hostedWorkloads', 'nicType', 'ipConfigurations.type']);

/** `command` is the command's words. */
export function dialectOf(version: AzVersion, command: string): Dialect {
  // Their modules print through the SDK's models still.
  if (/^(aks|lock) /.test(command)) return { sdk: true, drops: nothing };
  if (version === '2.91.0') return { sdk: false, drops: command.startsWith('network lb') ? unpublished : nothing };
  if (command === 'vmss nic list') return { sdk: version === '2.45.0', drops: scaleSetNics };
  if (command === 'vmss list-instances') return { sdk: true, drops: new Set(['timeCreated']) };
  return { sdk: version === '2.45.0' || !command.startsWith('network '), drops: newerThan2023 };
}

/** As `az network …` and `az vm …` print an ARM body: `properties` lifted, `resourceGroup` beside every id, no nulls. */
export function printed(value: Json, dialect: Dialect, key = ''): Json {
  if (isList(value)) return value.filter((each) => each !== null).map((each) => printed(each, dialect, key));
  if (!isObject(value)) return dialect.sdk && typeof value === 'string' ? sdkText(key, value) : value;
  const flat: Record<string, Json> = {};
  const put = (object: JsonObject) => {
    for (const [name, each] of Object.entries(object)) {
      if (each === undefined || each === null || isDropped(dialect, key, name)) continue;
      if (name === 'properties' && isObject(each)) put(each);
      else flat[dialect.sdk ? sdkKey(name) : name] ??= printed(each, dialect, name);
    }
  };
  put(value);
  const group = resourceGroupOf(value.id);
  if (group !== undefined && flat.resourceGroup === undefined) flat.resourceGroup = group;
  const isReference = Object.keys(value).length === 1 && value.id !== undefined;
  if (dialect.sdk && !isReference)
    for (const name of NULLS[key] ?? NULLS[textOf(value.type)] ?? []) flat[name] ??= null;
  return flat;
}

const isDropped = ({ drops }: Dialect, key: string, name: string): boolean =>
  drops.size > 0 && (drops.has(name) || drops.has(`${key}.${name}`));

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value.toLowerCase() : '');

const sdkKey = (name: string): string => name.replace(/IP(?=[A-Z]|$)/g, 'Ip').replace(/GB$/, 'Gb');

/** The SDK reads times and durations, and Python prints them: at most six digits, `+00:00`. */
function sdkText(key: string, text: string): string {
  if (key === 'interval' && text === 'PT1M') return '0:01:00';
  if (!/^(time|timeStamp|timeCreated)$/.test(key)) return text;
  const [, seconds = '', fraction = ''] = /^([^.Z+]*)(?:\.(\d+))?/.exec(text) ?? [];
  const digits = fraction.slice(0, 6).padEnd(6, '0');
  return `${seconds}${Number(digits) === 0 ? '' : `.${digits}`}+00:00`;
}

/** Fields that the SDK prints as null when Azure leaves them out: those that somebody may read, by list or type. */
const NULLS: Readonly<Record<string, readonly string[]>> = {
  loadBalancingRules: ['probe', 'backendAddressPool'],
  loadBalancerBackendAddresses: [
    'adminState',
    'ipAddress',
    'virtualNetwork',
    'subnet',
    'networkInterfaceIpConfiguration',
    'loadBalancerFrontendIpConfiguration',
  ],
  backendAddressPools: [
    'backendIpConfigurations',
    'loadBalancingRules',
    'outboundRules',
    'drainPeriodInSeconds',
    'virtualNetwork',
  ],
  frontendIPConfigurations: [
    'privateIpAddress',
    'publicIpAddress',
    'publicIpPrefix',
    'subnet',
    'gatewayLoadBalancer',
    'zones',
  ],
  probes: ['requestPath', 'loadBalancingRules', 'probeThreshold'],
  ipConfigurations: [
    'publicIpAddress',
    'loadBalancerBackendAddressPools',
    'applicationSecurityGroups',
    'privateIpAddress',
  ],
  subnets: ['networkSecurityGroup', 'natGateway', 'routeTable', 'addressPrefixes', 'addressPrefix'],
  effectiveSecurityRules: [
    'sourceAddressPrefix',
    'destinationAddressPrefix',
    'destinationPortRange',
    'expandedSourceAddressPrefix',
  ],
  association: ['networkInterface', 'subnet'],
  statuses: ['message', 'time'],
  data: ['average', 'count', 'maximum', 'minimum', 'total'],
  agentPoolProfiles: ['powerState'],
  'microsoft.containerservice/managedclusters': ['agentPoolProfiles', 'powerState'],
  'microsoft.authorization/locks': ['notes', 'owners'],
  'microsoft.network/networkinterfaces': ['virtualMachine', 'networkSecurityGroup', 'primary', 'privateEndpoint'],
  'microsoft.compute/virtualmachines': [
    'availabilitySet',
    'evictionPolicy',
    'instanceView',
    'priority',
    'virtualMachineScaleSet',
    'zones',
  ],
  'microsoft.compute/virtualmachinescalesets/virtualmachines': ['instanceView', 'zones', 'latestModelApplied'],
};

function resourceGroupOf(id: Json | undefined): string | undefined {
  const segments = typeof id === 'string' ? id.split('/') : [];
  // az reads a name behind the group as well, and adds nothing when there is none.
  return segments[3]?.toLowerCase() === 'resourcegroups' && segments.length > 8 ? segments[4] : undefined;
}
