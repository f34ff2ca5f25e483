import { healthyGlobalWorld, healthyWorld, loadBalancerOf } from '../world/healthy.ts';
import { itemsAt, textAt } from '../world/json.ts';
import { idOf, lastName, nicIdsOf, parentId, poolIdsOf } from '../world/relations.ts';
import type { BalancingRuleShape, PoolShape, ProbeShape, Shape } from '../world/shape.ts';
import { MACHINE_TYPES, resourcesOf, type World } from '../world/world.ts';
import { noisy } from './noise.ts';
import type { Random } from './random.ts';
import type { Scene, SceneMember, SceneProbe, SceneRule } from './scene.ts';

/** A healthy world of a random shape, with things in it that do no harm. */
export function healthyScene(random: Random): Scene {
  const isGlobal = random.chance(0.04);
  const shape = isGlobal ? { members: random.int(2, 3) } : randomShape(random);
  const quiet = isGlobal ? healthyGlobalWorld(shape) : healthyWorld(shape);
  const scene = sceneOf(quiet, shape, isGlobal);
  const { change, told } = isGlobal ? { change: (world: World) => world, told: [] } : noisy(scene, random);
  return { ...scene, world: change(quiet), told: [tellShape(shape, isGlobal), ...told] };
}

const POOLS = ['web-pool', 'api-pool', 'cache-pool'];
const PATHS = ['/healthz', '/', '/health/ready', '/api/v1/ping'];

function randomShape(random: Random): Shape {
  const sku = random.chance(0.06) ? 'Basic' : random.chance(0.05) ? 'Gateway' : 'Standard';
  const isManaged = sku === 'Standard' && random.chance(0.08);
  const membership = sku === 'Standard' ? random.pick(['nic', 'nic', 'ip', 'uniform', 'flexible'] as const) : 'nic';
  const zones = random.pick([['1', '2', '3'], ['1', '2', '3'], ['1', '2'], []]);
  const ownership = isManaged
    ? {
        name: 'kubernetes',
        group: 'MC_shop_aks_westeurope',
        tags: { 'aks-managed-cluster-name': 'shop', 'aks-managed-cluster-rg': 'shop-rg' },
      }
    : { name: random.pick(['web-lb', 'shop-lb', 'lb1']), group: random.pick(['shop-rg', 'Shop-RG', 'shop_rg.1']) };
  if (sku === 'Gateway') return { ...ownership, sku, zones, members: memberCount(random) };
  const isInternal = random.chance(0.35);
  const poolCount = random.pick([1, 1, 1, 1, 2, 2, 3]);
  const pools = POOLS.slice(0, poolCount).map((name): PoolShape => ({ name, members: memberCount(random) }));
  if (isInternal && sku === 'Standard' && random.chance(0.1)) return { ...ownership, ...haPorts(random), zones };
  const ipv6 = sku === 'Standard' && random.chance(0.12);
  const hasFrontends = sku === 'Standard' && !ipv6 && random.chance(0.3);
  const { probes, balancingRules } = randomRules(random, pools, sku === 'Basic', hasFrontends);
  return {
    ...ownership,
    sku,
    membership,
    internal: isInternal,
    zones,
    pools,
    probes,
    balancingRules,
    ...(ipv6 && { ipv6 }),
  };
}

const memberCount = (random: Random): number => (random.chance(0.1) ? 1 : random.pick([2, 2, 2, 3, 3, 3, 3, 4, 5, 8]));

function haPorts(random: Random): Shape {
  return {
    internal: true,
    membership: random.pick(['nic', 'ip'] as const),
    members: memberCount(random),
    probes: [{ name: 'nva-probe', protocol: 'Tcp', port: 22 }],
    balancingRules: [{ name: 'all-ports', frontendPort: 0, backendPort: 0, protocol: 'All' }],
  };
}

const SERVICES = [
  { frontendPort: 443, backendPort: 8443 },
  { frontendPort: 80, backendPort: 8080 },
  { frontendPort: 8443, backendPort: 8443 },
  { frontendPort: 5000, backendPort: 5000 },
  { frontendPort: 1433, backendPort: 1433 },
  { frontendPort: 6379, backendPort: 6379 },
  { frontendPort: 9443, backendPort: 443 },
];

/** A pool has one balancing rule or two, a balancing rule a probe of its own or one that another has as well. */
function randomRules(
  random: Random,
  pools: readonly PoolShape[],
  isBasic: boolean,
  hasFrontends: boolean,
): { readonly probes: readonly ProbeShape[]; readonly balancingRules: readonly BalancingRuleShape[] } {
  const left = [...random.some(SERVICES, SERVICES.length)];
  const probes: ProbeShape[] = [];
  const balancingRules: BalancingRuleShape[] = [];
  for (const pool of pools) {
    const count = random.chance(0.3) ? 2 : 1;
    for (let number = 0; number < count; number += 1) {
      const taken = balancingRules.filter((rule) => rule.pool === pool.name).map(({ backendPort }) => backendPort);
      const at = left.findIndex(({ backendPort }) => !taken.includes(backendPort));
      const [service] = at < 0 ? [] : left.splice(at, 1);
      if (service === undefined) continue;
      const isUdp = random.chance(0.1);
      const shared = balancingRules.find((rule) => rule.pool === pool.name && rule.protocol !== 'Udp')?.probe;
      const probe =
        shared && !isUdp && random.chance(0.3)
          ? shared
          : addProbe(probes, random, isUdp ? 8081 + probes.length : service.backendPort, isBasic);
      const frontend = hasFrontends && random.chance(0.5) ? 'second-frontend' : undefined;
      balancingRules.push({
        name: `${pool.name.replace('-pool', '')}-${service.frontendPort}`,
        ...service,
        pool: pool.name,
        probe,
        ...(isUdp && { protocol: 'Udp' }),
        ...(frontend && { frontend }),
      });
    }
  }
  return { probes, balancingRules };
}

function addProbe(probes: ProbeShape[], random: Random, port: number, isBasic: boolean): string {
  const protocol = random.pick(isBasic ? (['Http', 'Tcp'] as const) : (['Http', 'Http', 'Https', 'Tcp'] as const));
  const name = `${protocol.toLowerCase()}-${port}-${probes.length + 1}`;
  probes.push({ name, protocol, port, ...(protocol !== 'Tcp' && { path: random.pick(PATHS) }) });
  return name;
}

/** Read back from the world: what the generator meant and what it made can't differ. */
function sceneOf(world: World, shape: Shape, isGlobal: boolean): Scene {
  const lb = loadBalancerOf(world);
  const probes = itemsAt(lb.properties, 'probes').map(
    (each): SceneProbe => ({
      name: textAt(each, 'name') ?? '',
      protocol: probeProtocol(textAt(each, 'properties', 'protocol')),
      port: Number(each.properties && Object(each.properties).port),
    }),
  );
  const shapes = new Map((shape.balancingRules ?? []).map((each) => [each.name, each]));
  const rules = itemsAt(lb.properties, 'loadBalancingRules').flatMap((each): readonly SceneRule[] => {
    const name = textAt(each, 'name') ?? '';
    const properties = Object(each.properties);
    const probe = probes.find((one) => one.name === lastName(idOf(properties.probe) ?? ''));
    const poolName = lastName(poolIdsOf(each)[0] ?? '');
    if (probe === undefined) return [];
    const protocol = shapes.get(name.replace(/-v6$/, ''))?.protocol ?? (properties.protocol === 'All' ? 'All' : 'Tcp');
    const { frontendPort, backendPort } = properties;
    return [{ name, pool: poolName.replace(/-v6$/, ''), poolName, probe, protocol, frontendPort, backendPort }];
  });
  const pools = itemsAt(lb.properties, 'backendAddressPools').map((each) => textAt(each, 'name') ?? '');
  const members = isGlobal
    ? []
    : MACHINE_TYPES.flatMap((type) => resourcesOf(world, type)).map((machine): SceneMember => {
        const prefix = machine.name.replace(/[-_]\d+$/, '');
        return {
          machine: machine.name,
          pool: pools.find((name) => name === `${prefix}-pool`) ?? '',
          nicId: nicIdsOf(machine)[0] ?? '',
        };
      });
  return {
    world,
    target: { name: lb.name, group: parentId(parentId(lb.id)).split('/').at(-1) ?? '' },
    lbId: lb.id,
    isGlobal,
    isManaged: shape.name === 'kubernetes',
    sku: shape.sku ?? 'Standard',
    membership: shape.membership ?? 'nic',
    isInternal: shape.internal ?? shape.sku === 'Gateway',
    hasIpv6: shape.ipv6 ?? false,
    members,
    rules,
    probes,
    told: [],
  };
}

const probeProtocol = (text: string | undefined): SceneProbe['protocol'] =>
  text === 'Http' || text === 'Https' ? text : 'Tcp';

function tellShape(shape: Shape, isGlobal: boolean): string {
  if (isGlobal) return `Global over two regions of ${shape.members} members`;
  const pools = (shape.pools ?? [{ name: 'web-pool', members: shape.members ?? 3 }])
    .map(({ name, members }) => `${name} of ${members}`)
    .join(', ');
  const rules = (shape.balancingRules ?? [])
    .map(({ name, protocol = 'Tcp', frontendPort, backendPort, probe, frontend }) => {
      return `${name} ${protocol} ${frontendPort}→${backendPort} probe ${probe ?? 'first'}${frontend ? ` on ${frontend}` : ''}`;
    })
    .join('; ');
  return [
    `${shape.sku ?? 'Standard'} ${shape.internal ? 'internal' : 'public'} ${shape.group}/${shape.name}`,
    `${shape.membership ?? 'nic'} members${shape.ipv6 ? ' with IPv6' : ''}, zones ${shape.zones?.join('') || 'none'}`,
    pools,
    rules,
  ]
    .filter((part) => part !== '')
    .join(' | ');
}
