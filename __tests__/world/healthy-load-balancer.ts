import type { JsonObject } from './json.ts';
import {
  addressOf,
  addressOf6,
  type BalancingRuleShape,
  base,
  guid,
  idIn,
  machineName,
  type Plan,
  type PoolShape,
  type ProbeShape,
  poolIdOf,
  publicAddress,
  subnetIdOf,
} from './shape.ts';
import { asResource, type Resource } from './world.ts';

export const ruleDefaults = {
  loadDistribution: 'Default',
  idleTimeoutInMinutes: 4,
  enableFloatingIP: false,
  enableTcpReset: true,
  disableOutboundSnat: true,
};

/** The load balancer and its public addresses. */
export function loadBalancer(plan: Plan): readonly Resource[] {
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
        ...(shape.floatingIp && { enableFloatingIP: true }),
        ...(shape.idleTimeout !== undefined && { idleTimeoutInMinutes: shape.idleTimeout }),
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

const probeBody = ({ name, protocol, port, path, interval = 15 }: ProbeShape): JsonObject => ({
  name,
  properties: {
    protocol,
    port,
    ...(protocol !== 'Tcp' && { requestPath: path ?? '/healthz' }),
    intervalInSeconds: interval,
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
