import {
  addedToLb,
  agentNotReady,
  also,
  nicAllows,
  nicDenies,
  set,
  subnetAllows,
  subnetDenies,
} from '../world/changes.ts';
import { guid } from '../world/shape.ts';
import { type Change, change, named, withResource } from '../world/world.ts';
import type { Random } from './random.ts';
import type { Scene } from './scene.ts';

interface Noise {
  readonly told: string;
  readonly change: Change;
}

/** Some things that do a healthy world no harm. */
export function noisy(scene: Scene, random: Random): { readonly change: Change; readonly told: readonly string[] } {
  const chosen = random.some(kinds, random.pick([0, 0, 1, 1, 2, 3])).flatMap((make) => make(scene, random) ?? []);
  return {
    change: (world) => change(world, ...chosen.map((each) => each.change)),
    told: chosen.map(({ told }) => `besides: ${told}`),
  };
}

type Maker = (scene: Scene, random: Random) => Noise | undefined;

const place = ({ lbId }: Scene): string => lbId.split('/providers/')[0] ?? '';

const kinds: readonly Maker[] = [
  (_, random) => {
    const priority = random.int(101, 180);
    return {
      told: `deny-rdp at ${priority}`,
      change: subnetDenies({ name: 'deny-rdp', priority, port: 3389, source: 'Internet' }),
    };
  },
  (_, random) => {
    const priority = random.int(301, 4000);
    return {
      told: `deny-smtp at ${priority}`,
      change: subnetDenies({ name: 'deny-smtp', priority, port: 2525 }),
    };
  },
  () => ({
    told: 'a deny of everything below an allow of the probes',
    change: (world) =>
      change(
        world,
        subnetAllows({ name: 'allow-probes', priority: 3900, source: 'AzureLoadBalancer' }),
        subnetDenies({ name: 'deny-the-rest', priority: 4000 }),
      ),
  }),
  ({ rules }) => ({
    told: 'a deny of the ports towards another subnet',
    change: subnetDenies({
      name: 'deny-elsewhere',
      priority: 105,
      ports: portsOf(rules),
      destination: '10.99.0.0/16',
    }),
  }),
  ({ rules }) => ({
    told: 'a deny of the ports on the way out',
    change: subnetDenies({ name: 'deny-out', priority: 106, ports: portsOf(rules), direction: 'Outbound' }),
  }),
  ({ rules }) => {
    if (rules.some(({ protocol }) => protocol !== 'Tcp')) return undefined;
    return {
      told: 'a deny of UDP on the ports',
      change: subnetDenies({ name: 'deny-udp', priority: 107, ports: portsOf(rules), protocol: 'Udp' }),
    };
  },
  ({ rules }) => ({
    told: 'a wider allow above a deny of the probe ports',
    change: (world) =>
      change(
        world,
        subnetAllows({ name: 'allow-first', priority: 150, source: '*', ports: portsOf(rules) }),
        subnetDenies({ name: 'deny-second', priority: 190, ports: portsOf(rules) }),
      ),
  }),
  ({ members, membership }, random) => {
    if (membership === 'uniform' || members.length === 0) return undefined;
    const { machine } = random.pick(members);
    return {
      told: `a group on the interface of ${machine} that lets everything in`,
      change: (world) =>
        change(
          world,
          nicAllows(machine, { name: 'allow-everything', priority: 300 }),
          nicDenies(machine, { name: 'deny-telnet', priority: 200, port: 23 }),
        ),
    };
  },
  () => ({
    told: 'an unused probe',
    change: addedToLb('probes', {
      name: 'spare-probe',
      properties: { protocol: 'Tcp', port: 7000, intervalInSeconds: 15, numberOfProbes: 2, probeThreshold: 2 },
    }),
  }),
  ({ sku }) =>
    sku === 'Gateway'
      ? undefined
      : {
          told: 'an unused empty pool',
          change: addedToLb('backendAddressPools', {
            name: 'spare-pool',
            properties: { loadBalancerBackendAddresses: [] },
          }),
        },
  ({ lbId, isManaged }) => {
    if (isManaged) return undefined;
    const tags = { 'cost-center': '4711', env: 'prod', owner: 'shop-platform', 'k8s.io/not-really': 'x' };
    return { told: 'tags', change: set(lbId, 'tags', tags) };
  },
  ({ members, membership, sku }, random) => {
    if (membership === 'uniform' || members.length === 0 || sku !== 'Standard') return undefined;
    const { machine } = random.pick(members);
    return { told: `the agent of ${machine} is not ready`, change: agentNotReady(machine) };
  },
  (scene) => ({ told: 'a stopped machine that is in no pool', change: bystander(scene) }),
  (scene) => ({ told: "references in capital letters, as ARM's", change: inCapitals(scene) }),
  ({ rules, lbId }, random) => {
    if (rules.length === 0) return undefined;
    const { name } = random.pick(rules);
    return {
      told: `sticky sessions of ${name}`,
      change: set(lbId, `properties.loadBalancingRules[${name}].properties.loadDistribution`, 'SourceIP'),
    };
  },
];

function portsOf(rules: Scene['rules']): readonly string[] {
  const ports = rules.flatMap(({ backendPort, probe }) => [backendPort, probe.port]).filter((port) => port !== 0);
  return [...new Set(ports.length === 0 ? [4444] : ports)].map(String);
}

/** A machine that is off, with its interface in the members' subnet. */
function bystander(scene: Scene): Change {
  const group = place(scene);
  const nicId = `${group}/providers/Microsoft.Network/networkInterfaces/jump-nic`;
  const machineId = `${group}/providers/Microsoft.Compute/virtualMachines/jump`;
  return (world) => {
    const changed = change(
      world,
      also({
        id: nicId,
        name: 'jump-nic',
        type: 'Microsoft.Network/networkInterfaces',
        location: 'westeurope',
        etag: `W/"${guid('jump-nic')}"`,
        tags: {},
        properties: {
          provisioningState: 'Succeeded',
          ipConfigurations: [
            {
              name: 'ipconfig1',
              properties: {
                privateIPAddress: '10.20.14.200',
                privateIPAllocationMethod: 'Dynamic',
                privateIPAddressVersion: 'IPv4',
                primary: true,
                subnet: { id: `${group}/providers/Microsoft.Network/virtualNetworks/shop-vnet/subnets/web-subnet` },
              },
            },
          ],
        },
      }),
      also({
        id: machineId,
        name: 'jump',
        type: 'Microsoft.Compute/virtualMachines',
        location: 'westeurope',
        tags: {},
        properties: {
          provisioningState: 'Succeeded',
          hardwareProfile: { vmSize: 'Standard_B1s' },
          networkProfile: { networkInterfaces: [{ id: nicId, properties: { primary: true } }] },
        },
      }),
    );
    const guest = { power: 'deallocated', listeners: [], agentReady: false } as const;
    return { ...changed, guests: new Map(changed.guests).set(machineId.toLowerCase(), guest) };
  };
}

/** ARM gives back ids in the letters somebody once wrote, and compute's with the group in capitals. */
function inCapitals({ rules, lbId, members, membership }: Scene): Change {
  const capitals = (id: string) =>
    id.replace(/\/resourceGroups\/[^/]+/i, (group) => `/resourceGroups/${group.split('/')[2]?.toUpperCase() ?? ''}`);
  return (world) => {
    const referring = change(
      world,
      ...rules.map(({ name, probe }) =>
        set(
          lbId,
          `properties.loadBalancingRules[${name}].properties.probe.id`,
          capitals(`${lbId}/Probes/${probe.name}`),
        ),
      ),
    );
    if (membership !== 'nic') return referring;
    return members
      .map(({ machine }) => named(referring, machine, 'Microsoft.Compute/virtualMachines'))
      .reduce((changed, machine) => withResource(changed, { ...machine, id: capitals(machine.id) }), referring);
  };
}
