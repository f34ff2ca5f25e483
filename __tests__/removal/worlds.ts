import { cases } from '../recordings/cases.ts';
import { deallocated, fault, healthDenied, healthReason, metricsDenied, readerOnly } from '../world/changes.ts';
import { healthyGlobalWorld, healthyWorld, loadBalancerOf } from '../world/healthy.ts';
import { itemsAt, textAt } from '../world/json.ts';
import { addressesOf, childId } from '../world/relations.ts';
import * as appliances from '../world/shapes/appliances.ts';
import * as clusters from '../world/shapes/clusters.ts';
import * as kubernetes from '../world/shapes/kubernetes.ts';
import * as web from '../world/shapes/web.ts';
import { type Change, change, MACHINE_TYPES, resourcesOf, type World } from '../world/world.ts';

const shapes: Readonly<Record<string, () => World>> = {
  machines: () => healthyWorld(),
  'a Uniform scale set': () => healthyWorld({ membership: 'uniform' }),
  'a Flexible scale set': () => healthyWorld({ membership: 'flexible' }),
  'a pool of addresses': () => healthyWorld({ membership: 'ip' }),
  'instances by their address': () => web.instancesByAddress(),
  'an internal one': () => healthyWorld({ internal: true }),
  'a Basic one': () => healthyWorld({ sku: 'Basic' }),
  'a Gateway': () => healthyWorld({ sku: 'Gateway' }),
  'a Global one': () => healthyGlobalWorld(),
  'two balancing rules and pools': () =>
    healthyWorld({
      members: 2,
      pools: [{ name: 'web-pool' }, { name: 'api-pool' }],
      probes: [
        { name: 'web-probe', protocol: 'Http', port: 8443 },
        { name: 'api-probe', protocol: 'Tcp', port: 8080 },
      ],
      balancingRules: [
        { name: 'https', frontendPort: 443, backendPort: 8443 },
        { name: 'api', frontendPort: 80, backendPort: 8080, probe: 'api-probe', pool: 'api-pool' },
      ],
    }),
  'IPv6 beside IPv4': () => healthyWorld({ ipv6: true, members: 2 }),
  'a Kubernetes Service': () => kubernetes.kubernetesWorld(),
  'an availability group': () => clusters.availabilityGroup(),
  'a pair of appliances': () => appliances.appliances(),
  'green pool staged': () => web.greenStaged(),
  'by a second interface': () => web.bySecondInterface(),
  'open to an application group': () => web.openToAnApplicationGroup(),
};

function firstMachine(world: World): string {
  const ids = new Set(members(world));
  const [first] = MACHINE_TYPES.flatMap((type) => resourcesOf(world, type)).filter(
    ({ id }) => ids.size === 0 || world.guests.has(id.toLowerCase()),
  );
  return first?.id ?? '';
}

function members(world: World): readonly string[] {
  const lb = loadBalancerOf(world);
  return itemsAt(lb.properties, 'backendAddressPools').flatMap((pool) =>
    addressesOf(world, pool, childId(lb, 'backendAddressPools', textAt(pool, 'name'))).map(({ name }) => name),
  );
}

const everyone =
  (reason: string): Change =>
  (world) => {
    const all = [...resourcesOf(world, MACHINE_TYPES[0]), ...resourcesOf(world, MACHINE_TYPES[1])];
    return all.reduce((next, { id }) => healthReason(id, reason)(next), world);
  };

/** What is wrong in every shape, in turn; a Reader's world in which nothing is wrong is only not known. */
const troubles: Readonly<Record<string, Change>> = {
  'one machine is off': (world) => deallocated(firstMachine(world))(world),
  'one member answers wrongly': (world) => healthReason(firstMachine(world), 'Down_Probe_HttpStatusCodeError')(world),
  'nobody answers': everyone('Down_Probe_TcpProbeTimeout'),
  'all are called up': everyone('Up_Probe_AllDownIsUp'),
  'health can not be read': (world) => change(world, healthDenied(), metricsDenied()),
  'no security group can be read': (world) =>
    fault({ on: /networkSecurityGroups/, kind: 'denied' })(change(world, readerOnly(), metricsDenied())),
};

/** Every world of a recording, and every shape with something wrong. */
export const worlds: readonly (readonly [name: string, world: () => World])[] = [
  ...cases.map(({ folder, world }) => [folder, world] as const),
  ...Object.entries(shapes).flatMap(([shape, healthy]) =>
    Object.entries(troubles).map(([trouble, made]) => [`${shape}: ${trouble}`, () => change(healthy(), made)] as const),
  ),
];
