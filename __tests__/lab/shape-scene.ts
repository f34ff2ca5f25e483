import { healthOf } from '../world/health.ts';
import { healthyWorld, loadBalancerOf } from '../world/healthy.ts';
import { itemsAt, numberAt, objectAt, textAt } from '../world/json.ts';
import { addressesOf, childId, idOf, lastName, machineOf, nics, poolIdsOf } from '../world/relations.ts';
import { appliances } from '../world/shapes/appliances.ts';
import { availabilityGroup, availabilityGroups, centralServices, fileCluster, hana } from '../world/shapes/clusters.ts';
import { kubernetesWorld } from '../world/shapes/kubernetes.ts';
import { idsInLowerCase } from '../world/shapes/parts.ts';
import * as web from '../world/shapes/web.ts';
import { resourcesOf, type World } from '../world/world.ts';
import { noisy } from './noise.ts';
import type { Random } from './random.ts';
import { type Pair, pair, type Scene, type SceneMember, type SceneProbe, type SceneRule } from './scene.ts';

/** What people run, as the lab needs to know it. */
export interface ShapeScene extends Scene {
  readonly shape: string;
  readonly isCluster: boolean;
  /** Where a member is down by design. */
  readonly asleep: ReadonlySet<Pair>;
}

type Make = (random: Random) => World;

const zones = (random: Random): readonly string[] => random.pick([['1', '2', '3'], ['1', '2'], []]);
const both = (random: Random) => random.pick(['nic', 'ip'] as const);
const someOf = (random: Random, size: number): readonly number[] =>
  random.some(
    Array.from({ length: size }, (_, index) => index + 1),
    random.int(1, size - 1),
  );

/** One random world of each shape. */
export const shapes: Readonly<Record<string, Make>> = {
  'AKS public': (random) =>
    kubernetesWorld({
      nodes: random.int(2, 5),
      zones: zones(random),
      probing: random.pick(['node-port', 'http', 'shared']),
      ports: random.pick([[80, 443], [443], [8080, 9090, 5432]]),
    }),
  'AKS internal': (random) =>
    kubernetesWorld({ internal: true, nodes: random.int(2, 5), probing: random.pick(['node-port', 'shared']) }),
  'Kubernetes Local': (random) => {
    const nodes = random.int(2, 6);
    return kubernetesWorld({
      policy: 'Local',
      nodes,
      pods: someOf(random, nodes),
      internal: random.chance(0.5),
      owner: random.pick(['aks', 'kubernetes']),
      healthPath: random.pick(['/healthz', '/healthz', '/ready']),
    });
  },
  'SQL availability group': (random) => {
    const size = random.int(2, 4);
    return availabilityGroup({ size, active: [random.int(1, size)], zones: zones(random), membership: both(random) });
  },
  'SQL, several listeners': (random) => {
    const size = random.int(2, 3);
    return availabilityGroups(
      Array.from({ length: random.int(2, 3) }, () => [random.int(1, size)]),
      size,
    );
  },
  'SAP central services': (random) =>
    centralServices({ ascs: [random.int(1, 2)], ers: [random.int(1, 2)], zones: zones(random) }),
  'SAP HANA': (random) => hana({ active: [random.int(1, 2)], zones: zones(random) }),
  WSFC: (random) => fileCluster({ active: [random.int(1, 2)], membership: both(random) }),
  appliances: (random) =>
    appliances({
      size: random.int(2, 3),
      membership: both(random),
      zones: zones(random),
      bySecondInterface: random.chance(0.4),
    }),
  'health on its own port': (random) =>
    web.probedOnItsOwnPort({
      members: random.int(2, 4),
      internal: random.chance(0.4),
      membership: random.pick(['nic', 'ip', 'uniform', 'flexible']),
    }),
  'relative path': (random) => web.probedByRelativePath({ members: random.int(2, 4), zones: zones(random) }),
  'second address': (random) => web.bySecondAddress({ members: random.int(2, 3) }),
  'narrow door': (random) =>
    web.openTo(random.pick(Object.keys(web.doors).filter(isDoor)), {
      members: random.int(2, 3),
      membership: both(random),
    }),
  'application group': (random) => web.openToAnApplicationGroup({ members: random.int(2, 3) }),
  'instances by address': (random) => web.instancesByAddress({ members: random.int(2, 4) }),
  'dual stack': (random) => healthyWorld({ ipv6: true, members: random.int(2, 3) }),
  'second interface': (random) => web.bySecondInterface({ members: random.int(2, 3) }),
  'green staged': (random) => web.greenStaged({ members: random.int(2, 3) }),
  'Service Fabric': (random) => web.serviceFabric({ members: random.int(3, 6) }),
  'ids in lower case': (random) =>
    idsInLowerCase(
      healthyWorld({ members: random.int(2, 3), membership: random.pick(['nic', 'uniform', 'flexible']) }),
    ),
};

const isCluster = (shape: string): boolean => /SQL|SAP|WSFC/.test(shape);
/** What is told first where a fault leaves nobody up, or deaf what is behind a second interface. */
function standsBeside(shape: string): readonly string[] {
  if (isCluster(shape)) return ['path-clear-app-suspect'];
  if (shape === 'Kubernetes Local') return ['http-status-error'];
  return /second interface|appliances/.test(shape) ? ['member-on-secondary-nic'] : [];
}
const isDoor = (name: string): name is keyof typeof web.doors => name in web.doors;

export function shapeScene(shape: string, random: Random): ShapeScene {
  const quiet = shapes[shape]?.(random);
  if (quiet === undefined) throw new Error(`No shape ${shape}`);
  const scene = sceneOf(shape, quiet);
  // What stands beside it is made of names that the other worlds have, and would let more in than a narrow door.
  const isBare = /door|group|lower|AKS|Kubernetes|second|dual/.test(shape);
  const { change, told } =
    isBare || scene.isCluster ? { change: (world: World) => world, told: [] } : noisy(scene, random);
  return { ...scene, world: change(quiet), told: [shape, ...told] };
}

function sceneOf(shape: string, world: World): ShapeScene {
  const lb = loadBalancerOf(world);
  const probes = itemsAt(lb.properties, 'probes').map((each): SceneProbe => {
    const protocol = textAt(each, 'properties', 'protocol');
    return {
      name: textAt(each, 'name') ?? '',
      protocol: protocol === 'Http' || protocol === 'Https' ? protocol : 'Tcp',
      port: numberAt(each, 'properties', 'port') ?? 0,
    };
  });
  const found = itemsAt(lb.properties, 'loadBalancingRules').flatMap((each) => {
    const properties = objectAt(each, 'properties');
    const probe = probes.find(({ name }) => name === lastName(idOf(properties.probe) ?? ''));
    const poolName = lastName(poolIdsOf(each)[0] ?? '');
    const protocol = properties.protocol === 'All' || properties.protocol === 'Udp' ? properties.protocol : 'Tcp';
    const rule =
      probe &&
      ({
        name: textAt(each, 'name') ?? '',
        pool: poolName.replace(/-v6$/, ''),
        poolName,
        probe,
        protocol,
        frontendPort: numberAt(properties, 'frontendPort') ?? 0,
        backendPort: numberAt(properties, 'backendPort') ?? 0,
      } satisfies SceneRule);
    return rule ? [{ rule, body: each }] : [];
  });
  const serving = new Set(found.map(({ rule }) => rule.pool));
  const members = itemsAt(lb.properties, 'backendAddressPools').flatMap((pool): readonly SceneMember[] => {
    const name = textAt(pool, 'name') ?? '';
    if (!serving.has(name)) return [];
    const addresses = addressesOf(world, pool, childId(lb, 'backendAddressPools', name));
    return addresses.flatMap(({ configuration, properties }) => {
      const nic =
        configuration?.nic ??
        nics(world).find((each) =>
          itemsAt(each.properties, 'ipConfigurations').some(
            (own) => textAt(own, 'properties', 'privateIPAddress') === textAt(properties, 'ipAddress'),
          ),
        );
      const machine = nic && machineOf(world, nic.id);
      return machine ? [{ machine: machine.name, pool: name, nicId: nic.id }] : [];
    });
  });
  const asleep = found.flatMap(({ rule, body }) =>
    healthOf(world, lb, body).flatMap(({ state, ipAddress }) => {
      const owner = nics(world).find((each) =>
        itemsAt(each.properties, 'ipConfigurations').some(
          (own) => textAt(own, 'properties', 'privateIPAddress') === ipAddress,
        ),
      );
      const machine = owner && machineOf(world, owner.id);
      return state === 'Down' && machine ? [pair({ machine: machine.name }, rule)] : [];
    }),
  );
  const frontends = itemsAt(lb.properties, 'frontendIPConfigurations');
  const isByAddress = itemsAt(lb.properties, 'backendAddressPools').some((pool) =>
    itemsAt(pool, 'properties', 'loadBalancerBackendAddresses').some(
      (address) => textAt(address, 'properties', 'ipAddress') !== undefined,
    ),
  );
  const [set] = resourcesOf(world, 'Microsoft.Compute/virtualMachineScaleSets');
  return {
    world,
    shape,
    isCluster: isCluster(shape),
    asleep: new Set(asleep),
    besides: standsBeside(shape),
    target: { name: lb.name, group: lb.id.split('/')[4] ?? '' },
    lbId: lb.id,
    isGlobal: false,
    isManaged: /AKS|Kubernetes/.test(shape),
    sku: 'Standard',
    membership: isByAddress
      ? 'ip'
      : set === undefined
        ? 'nic'
        : textAt(set.properties, 'orchestrationMode') === 'Uniform'
          ? 'uniform'
          : 'flexible',
    isInternal: frontends.some((each) => textAt(each, 'properties', 'privateIPAddress') !== undefined),
    hasIpv6: shape === 'dual stack',
    members,
    rules: found.map(({ rule }) => rule),
    probes,
    told: [],
  };
}
