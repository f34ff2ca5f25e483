import type { JsonObject } from './json.ts';
import {
  addressOf,
  addressOf6,
  base,
  guid,
  idIn,
  machineName,
  type Plan,
  type PoolShape,
  poolIdOf,
  prefixOf,
  subnetIdOf,
} from './shape.ts';
import { asResource, type Guest, type Listener, type Resource } from './world.ts';

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

export function scaleSet(plan: Plan, pool: PoolShape): Resource {
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

/** A machine, its NIC, and what runs in it. */
export function machine(
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
