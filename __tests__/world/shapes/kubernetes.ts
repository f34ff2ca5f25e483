import { set } from '../change-anything.ts';
import { listens } from '../change-guests.ts';
import { addedToLb } from '../change-load-balancer.ts';
import { healthyWorld, loadBalancerOf } from '../healthy.ts';
import { itemsAt, textAt } from '../json.ts';
import { childId, frontendAddress } from '../relations.ts';
import { guid } from '../shape.ts';
import { change, type World } from '../world.ts';
import { everyoneAlsoIn, groupManagedBy, guardedBy } from './parts.ts';

export interface KubernetesOptions {
  readonly nodes?: number;
  readonly internal?: boolean;
  readonly zones?: readonly string[];
  /** externalTrafficPolicy. */
  readonly policy?: 'Cluster' | 'Local';
  /** With policy Local: the numbers of the nodes that have a pod of the Service. */
  readonly pods?: readonly number[];
  /** How the nodes are probed with policy Cluster: each Service's node port, or kube-proxy's own port for all. */
  readonly probing?: 'node-port' | 'http' | 'shared';
  /** The Services' ports. */
  readonly ports?: readonly number[];
  /** Where the health check node port answers. */
  readonly healthPath?: string;
  /** AKS, or a cluster of one's own that runs the same cloud provider. */
  readonly owner?: 'aks' | 'kubernetes';
  readonly floatingIp?: boolean;
  /** What may reach the Services. */
  readonly source?: string;
}

const HEALTH_CHECK_NODE_PORT = 31_764;
const NODES = 'aks-nodepool1-24587219-vmss';

export const nodeName = (number: number): string => `${NODES}_${number}`;

/**
 * What cloud-provider-azure writes for Services of type LoadBalancer: a frontend `a…` each, rules with floating IP of
 * the Service's own port, and a security rule whose destination is the Service's address, at 500.
 */
export function kubernetesWorld({
  nodes = 3,
  internal = false,
  zones,
  policy = 'Cluster',
  pods = [1, 2],
  probing = 'node-port',
  ports = [80, 443],
  healthPath = '/healthz',
  owner = 'aks',
  floatingIp = true,
  source,
}: KubernetesOptions = {}): World {
  const group = owner === 'aks' ? 'MC_shop-rg_shop_westeurope' : 'k8s-rg';
  const service = `a${guid('default/shop-web').replaceAll('-', '').slice(0, 31)}`;
  const probeOf = (port: number, index: number) => {
    if (policy === 'Local')
      return {
        name: `${service}-TCP-${port}`,
        protocol: 'Http',
        port: HEALTH_CHECK_NODE_PORT,
        path: healthPath,
      } as const;
    if (probing === 'shared')
      return { name: 'cluster-service-shared-health-probe', protocol: 'Http', port: 10256, path: '/healthz' } as const;
    const nodePort = 30_080 + 363 * index;
    return probing === 'http'
      ? ({ name: `${service}-TCP-${port}`, protocol: 'Http', port: nodePort, path: '/' } as const)
      : ({ name: `${service}-TCP-${port}`, protocol: 'Tcp', port: nodePort } as const);
  };
  const probes = ports.map(probeOf).map((each) => ({ ...each, interval: 5 }));
  const world = healthyWorld({
    name: internal ? 'kubernetes-internal' : 'kubernetes',
    group,
    internal,
    members: nodes,
    membership: 'uniform',
    ...(zones && { zones }),
    pools: [{ name: 'kubernetes', machines: NODES }],
    probes: [...new Map(probes.map((each) => [each.name, each])).values()],
    balancingRules: ports.map((port, index) => ({
      name: `${service}-TCP-${port}`,
      frontendPort: port,
      backendPort: port,
      floatingIp,
      ...(!internal && { frontend: service }),
      probe: probes[index]?.name ?? null,
    })),
    tags:
      owner === 'aks'
        ? { 'aks-managed-cluster-name': 'shop', 'aks-managed-cluster-rg': 'shop-rg' }
        : { 'kubernetes.io-cluster-shop': 'owned' },
  });
  const frontends = itemsAt(loadBalancerOf(world).properties, 'frontendIPConfigurations');
  const address = frontendAddress(world, frontends.at(-1)) ?? '';
  const numbers = Array.from({ length: nodes }, (_, index) => index + 1);
  return change(
    world,
    guardedBy({
      name: `k8s-azure-lb_allow_IPv4_${guid(service).replaceAll('-', '')}`,
      priority: 500,
      sourceAddressPrefix: source ?? (internal ? 'VirtualNetwork' : 'Internet'),
      destinationAddressPrefixes: [address],
      destinationPortRanges: ports.map(String),
    }),
    ...(owner === 'aks'
      ? [
          groupManagedBy(
            group,
            `/subscriptions/${world.subscription}/resourcegroups/shop-rg/providers/Microsoft.ContainerService/managedClusters/shop`,
          ),
        ]
      : []),
    ...(internal ? [] : [outboundOfNodes, publicIpTags(service)]),
    // kube-proxy answers 503 where the node has no pod of the Service.
    ...(policy === 'Local' ? numbers.filter((number) => !pods.includes(number)) : []).map((number) =>
      listens(nodeName(number), {
        port: HEALTH_CHECK_NODE_PORT,
        speaks: 'http',
        statuses: { [healthPath]: 503, '/': 503 },
      }),
    ),
  );
}

/** The nodes go out through a pool and a rule of their own. */
function outboundOfNodes(world: World): World {
  const lb = loadBalancerOf(world);
  const [frontend] = itemsAt(lb.properties, 'frontendIPConfigurations');
  return change(
    world,
    addedToLb('backendAddressPools', { name: 'aksOutboundBackendPool', properties: {} }),
    everyoneAlsoIn('aksOutboundBackendPool'),
    addedToLb('outboundRules', {
      name: 'aksOutboundRule',
      properties: {
        frontendIPConfigurations: [{ id: childId(lb, 'frontendIPConfigurations', textAt(frontend, 'name')) }],
        backendAddressPool: { id: childId(lb, 'backendAddressPools', 'aksOutboundBackendPool') },
        protocol: 'All',
        allocatedOutboundPorts: 0,
        idleTimeoutInMinutes: 30,
        enableTcpReset: true,
      },
    }),
  );
}

const publicIpTags = (service: string) =>
  set(`kubernetes-ip-${service}`, 'tags', {
    'k8s-azure-cluster-name': 'kubernetes',
    'k8s-azure-service': 'default/shop-web',
  });
