import { managerDenies, nicAllows, nicDenies, set, subnetDenies, withoutSecurityRule } from '../../world/changes.ts';
import { change } from '../../world/world.ts';
import type { FaultKind, Injection } from '../fault.ts';
import type { Random } from '../random.ts';
import { pairsOf, type Scene, type SceneRule } from '../scene.ts';
import { namesOf } from './membership.ts';

/** Faults on the way from the probe, or from the clients, to the member. */
export const networkFaults: readonly FaultKind[] = [
  {
    name: 'subnet denies the probe',
    inject: (scene, random) => {
      if (scene.sku === 'Gateway' || scene.rules.length === 0) return undefined;
      const { port, name } = random.pick(scene.rules).probe;
      const { told, rule } = denial(port, scene, random);
      const hit = (each: SceneRule) => each.probe.name === name || each.probe.port === port || rule.port === '*';
      return {
        ...pathFault(scene, hit),
        told: `the subnet's group denies ${told}`,
        change: subnetDenies(rule),
        names: ['nsg-blocks-probe'],
        at: ['/networkSecurityGroups/web-nsg'],
        touches: ['web-nsg'],
      };
    },
  },
  {
    name: 'interface denies the probe',
    inject: (scene, random) => {
      if (scene.sku === 'Gateway' || scene.membership === 'uniform' || scene.rules.length === 0) return undefined;
      const { probe, pool } = random.pick(scene.rules);
      const members = scene.members.filter((each) => each.pool === pool);
      if (members.length === 0) return undefined;
      const member = random.pick(members);
      const { told, rule } = denial(probe.port, scene, random);
      const pairs = pairsOf(
        scene,
        [member],
        (each) => each.probe.name === probe.name || each.probe.port === probe.port || rule.port === '*',
      );
      return {
        ...pathFault(scene, () => false),
        told: `the group at the interface of ${member.machine} denies ${told}`,
        // A group of its own would let no clients in.
        change: (world) =>
          change(
            world,
            nicDenies(member.machine, rule),
            nicAllows(member.machine, { name: 'allow-clients', priority: 400 }),
          ),
        names: ['nsg-blocks-probe'],
        at: namesOf(member),
        seen: pairs,
        blinds: pairs,
        touches: [`group of ${member.machine}`],
      };
    },
  },
  {
    name: 'network manager denies the probe',
    inject: (scene, random) => {
      if (scene.sku !== 'Standard' || scene.membership === 'uniform' || scene.rules.length === 0) return undefined;
      const { probe } = random.pick(scene.rules);
      const hit = (each: SceneRule) => each.probe.port === probe.port;
      return {
        ...pathFault(scene, hit),
        told: `a Virtual Network Manager denies port ${probe.port}`,
        change: managerDenies({ name: 'no-such-port', priority: 10, port: probe.port }),
        names: ['avnm-admin-deny'],
        at: ['/networkManagers/', ...scene.rules.filter(hit).map((rule) => rule.name)],
        // It denies clients as well, and shows only in the rules in force, which a machine that is off doesn't have.
        shows: 'clients',
        touches: ['web-nsg', 'subnet', ...scene.members.map(({ machine }) => `guest of ${machine}`)],
      };
    },
  },
  onClients('no rule lets the clients in', (scene) => ({
    told: "the subnet's group lets no clients in",
    change: withoutSecurityRule('allow-web'),
    // What is left may let the probes in by name.
    names: scene.told.some((each) => each.includes('allow of the probes'))
      ? ['nsg-allows-lb-not-client', 'nsg-blocks-data']
      : ['nsg-blocks-data'],
  })),
  onClients('clients denied', (scene, random) => ({
    told: "the subnet's group denies the clients",
    change: subnetDenies({
      name: 'deny-clients',
      priority: random.int(110, 190),
      ports: [...new Set(scene.rules.map(({ backendPort }) => String(backendPort)))],
      source: 'Internet',
    }),
    names: ['nsg-blocks-data'],
  })),
  onClients("only the frontends' ports are let in", (scene) => {
    const ports = [...new Set(scene.rules.map(({ frontendPort }) => String(frontendPort)))];
    const isMissing = scene.rules.every(({ backendPort }) => !ports.includes(String(backendPort)));
    if (!isMissing) return undefined;
    return {
      told: "the subnet's group lets in the frontends' ports, not the members'",
      change: (world) =>
        set(allowWeb(scene), 'properties.securityRules[allow-web].properties', {
          ...open,
          destinationPortRanges: ports,
          sourceAddressPrefix: 'Internet',
        })(world),
      names: ['nsg-allows-frontend-port-only'],
    };
  }),
  onClients('only the load balancer is let in', (scene) => ({
    told: "the subnet's group lets in the probes, not the clients",
    change: set(allowWeb(scene), 'properties.securityRules[allow-web].properties', {
      ...open,
      destinationPortRanges: [...new Set(scene.rules.map(({ backendPort }) => String(backendPort)))],
      sourceAddressPrefix: 'AzureLoadBalancer',
    }),
    names: ['nsg-allows-lb-not-client'],
  })),
  onClients('no security group', (scene) => ({
    told: 'no security group guards the subnet: Standard lets nobody in',
    change: set(
      `${groupOf(scene)}/providers/Microsoft.Network/virtualNetworks/shop-vnet`,
      'properties.subnets[web-subnet].properties.networkSecurityGroup',
      undefined,
    ),
    names: ['standard-public-no-nsg'],
    at: ['web-subnet', ...scene.rules.map(({ name }) => name)],
  })),
];

const open = {
  protocol: '*',
  sourcePortRange: '*',
  destinationAddressPrefix: '*',
  access: 'Allow',
  priority: 200,
  direction: 'Inbound',
} as const;

const groupOf = ({ lbId }: Scene): string => lbId.split('/providers/')[0] ?? '';
const allowWeb = (scene: Scene): string =>
  `${groupOf(scene)}/providers/Microsoft.Network/networkSecurityGroups/web-nsg`;

function denial(port: number, { hasIpv6 }: Scene, random: Random) {
  // Only these two hold the address that probes of IPv6 members come from.
  const both = ['*', 'AzureLoadBalancer'];
  const source = random.pick(
    hasIpv6 ? both : ['*', 'AzureLoadBalancer', '168.63.129.16', '168.63.129.16/32', '0.0.0.0/0', 'VirtualNetwork'],
  );
  const range = random.pick([String(port), String(port), `${Math.max(1, port - 5)}-${port + 5}`, '*']);
  const protocol = random.pick(['*', 'Tcp'] as const);
  // Above whatever a world has besides, but for the allows that are to stand above a deny.
  const priority = random.pick([100, 101, 102, 103]);
  return {
    told: `${protocol} ${range} from ${source} at ${priority}`,
    rule: { name: 'deny-probe', priority, port: range, source, protocol },
  };
}

/** `hit` is which balancing rules' probes are denied. */
function pathFault(
  scene: Scene,
  hit: (rule: SceneRule) => boolean,
): Omit<Injection, 'told' | 'change' | 'names' | 'at' | 'touches'> {
  const pairs = pairsOf(scene, scene.members, hit);
  return { layer: 'path', seen: pairs, blinds: pairs, unprobed: [], hides: [], shows: 'way', stops: true };
}

/** Clients of a public load balancer, whose probes are let in all the same. */
function onClients(
  name: string,
  make: (
    scene: Scene,
    random: Random,
  ) => (Pick<Injection, 'told' | 'change' | 'names'> & Partial<Injection>) | undefined,
): FaultKind {
  return {
    name,
    inject: (scene, random) => {
      if (scene.sku !== 'Standard' || scene.isInternal || scene.rules.length === 0) return undefined;
      // Groups at interfaces, and allows above a deny, would let them in again.
      if (scene.told.some((each) => /lets everything in|wider allow/.test(each))) return undefined;
      const part = make(scene, random);
      return (
        part && {
          ...pathFault(scene, () => true),
          blinds: [],
          shows: 'clients',
          at: ['/networkSecurityGroups/web-nsg', ...scene.rules.map((rule) => rule.name)],
          touches: ['web-nsg', 'subnet'],
          ...part,
        }
      );
    },
  };
}
