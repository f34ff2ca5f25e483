import { allProbedUp, listenerStopped, probe, set, withoutProbe } from '../../world/changes.ts';
import { change } from '../../world/world.ts';
import type { FaultKind, Injection } from '../fault.ts';
import type { Random } from '../random.ts';
import { membersOfPool, type Pair, pairsOf, rulesOfPool, type Scene, type SceneProbe } from '../scene.ts';

/** Faults in what the probe asks, and of having none. */
export const probeFaults: readonly FaultKind[] = [
  {
    name: 'no probe',
    inject: (scene, random) => {
      if (scene.sku !== 'Standard' || scene.rules.length === 0) return undefined;
      const rule = random.pick(scene.rules);
      const pairs = pairsOf(scene, scene.members, ({ name }) => name === rule.name);
      return {
        told: `${rule.name} has no probe`,
        change: withoutProbe(rule.name),
        names: ['rule-without-probe'],
        layer: 'probe',
        at: [rule.name],
        seen: [],
        blinds: pairs,
        unprobed: pairs,
        hides: [],
        shows: 'configuration',
        stops: false,
        touches: [rule.name, rule.probe.name],
      };
    },
  },
  onProbe('probe on another port', (probed, scene, random) => {
    const rules = scene.rules.filter((rule) => rule.probe.name === probed.name);
    if (scene.isManaged || rules.some(({ protocol }) => protocol !== 'Tcp')) return undefined;
    const port = random.int(20000, 29999);
    return {
      told: `${probed.name} checks port ${port}, where nothing listens`,
      change: probe({ port }, probed.name),
      names: ['probe-port-unrelated'],
      layer: 'probe',
      unprobed: pairsOfProbe(scene, probed),
    };
  }),
  onProbe('probe on a path that is not there', (probed, _, random) => {
    if (probed.protocol === 'Tcp') return undefined;
    return {
      told: `${probed.name} asks for a path that is not there`,
      change: probe({ path: random.pick(['/nope', '/health-check', '/status.php']) }, probed.name),
      names: ['http-status-error'],
      layer: 'application',
      shows: 'answer',
    };
  }),
  onProbe('relative probe path that is not there', (probed) => {
    if (probed.protocol === 'Tcp') return undefined;
    return {
      told: `${probed.name} asks for a relative path that is not there`,
      change: probe({ path: 'nope/status.aspx' }, probed.name),
      names: ['http-status-error'],
      layer: 'application',
      shows: 'answer',
    };
  }),
  onProbe('probe speaks TLS to plain HTTP', (probed) => {
    if (probed.protocol !== 'Http') return undefined;
    return {
      told: `${probed.name} asks by HTTPS what speaks HTTP`,
      change: probe({ protocol: 'Https' }, probed.name),
      names: ['http-endpoint-unreachable'],
      layer: 'application',
      shows: 'answer',
    };
  }),
  onProbe('HTTP probe on a port that Azure does not probe', (probed, scene, random) => {
    if (probed.protocol !== 'Http' || scene.sku === 'Basic') return undefined;
    const port = random.pick([19, 21, 25, 70, 110, 119, 143, 220, 993]);
    return {
      told: `${probed.name} checks port ${port} by HTTP`,
      change: probe({ port }, probed.name),
      names: ['http-probe-on-blocked-port'],
      layer: 'probe',
      unprobed: pairsOfProbe(scene, probed),
    };
  }),
  {
    name: 'all probed up',
    inject: (scene, random) => {
      const able = scene.probes.filter(({ name }) => {
        const used = scene.rules.filter(({ probe: own }) => own.name === name);
        return (
          used.length > 0 && used.every(({ pool }) => scene.members.filter((each) => each.pool === pool).length > 1)
        );
      });
      if (able.length === 0 || scene.sku !== 'Standard') return undefined;
      const probed = random.pick(able);
      return {
        ...probeFault(scene, probed),
        told: `${probed.name} calls everyone up when all are down`,
        change: allProbedUp(probed.name),
        names: ['all-probed-up-enabled'],
        layer: 'override',
        blinds: [],
        stops: false,
        // When all are down nothing but that is told of them.
        touches: [
          probed.name,
          ...scene.members
            .filter(({ pool }) => scene.rules.some((rule) => rule.probe.name === probed.name && rule.pool === pool))
            .map(({ machine }) => `guest of ${machine}`),
        ],
      };
    },
  },
  {
    name: 'a total outage that nobody sees',
    inject: (scene, random) => {
      if (scene.sku !== 'Standard' || scene.rules.length === 0) return undefined;
      const { probe: probed, pool } = random.pick(scene.rules);
      const members = membersOfPool(scene, pool);
      // Where the members have another probe, that one tells.
      if (rulesOfPool(scene, pool).length > 1) return undefined;
      return {
        ...probeFault(scene, probed),
        told: `nothing listens on the members of ${pool}, and ${probed.name} calls everyone up when all are down`,
        change: (world) =>
          change(world, allProbedUp(probed.name), ...members.map(({ machine }) => listenerStopped(machine))),
        names: ['all-down-masked', 'all-probed-up-enabled'],
        layer: 'override',
        overrides: true,
        touches: [probed.name, ...members.flatMap(({ machine }) => [machine, `guest of ${machine}`])],
      };
    },
  },
  {
    name: 'the network holds the probe source',
    inject: (scene) => {
      if (scene.sku !== 'Standard' || scene.members.length === 0) return undefined;
      const network = `${scene.lbId.split('/providers/')[0] ?? ''}/providers/Microsoft.Network/virtualNetworks/shop-vnet`;
      return {
        told: "the subnet's prefixes hold 168.63.129.16",
        change: set(network, 'properties.subnets[web-subnet].properties', {
          addressPrefixes: ['10.20.0.0/20', '168.63.128.0/20'],
          networkSecurityGroup: {
            id: network.replace('virtualNetworks/shop-vnet', 'networkSecurityGroups/web-nsg'),
          },
        }),
        names: ['vnet-overlaps-probe-source'],
        layer: 'path',
        at: ['web-subnet'],
        seen: pairsOf(scene, scene.members),
        shows: 'way',
        blinds: [],
        unprobed: [],
        hides: [],
        stops: false,
        touches: ['subnet'],
      };
    },
  },
];

type Part = Pick<Injection, 'told' | 'change' | 'names' | 'layer'> & Partial<Injection>;

function onProbe(
  name: string,
  make: (probed: SceneProbe, scene: Scene, random: Random) => Part | undefined,
): FaultKind {
  return {
    name,
    inject: (scene, random) => {
      // A Basic load balancer's or a Gateway's health can't be had: what only shows there isn't told.
      if (scene.sku !== 'Standard' || scene.probes.length === 0) return undefined;
      const probed = random.pick(scene.probes);
      const part = make(probed, scene, random);
      return part && { ...probeFault(scene, probed), ...part };
    },
  };
}

function probeFault(scene: Scene, probed: SceneProbe): Omit<Injection, 'told' | 'change' | 'names' | 'layer'> {
  const rules = scene.rules.filter((rule) => rule.probe.name === probed.name);
  const pairs = pairsOfProbe(scene, probed);
  return {
    at: [probed.name, ...rules.map(({ name }) => name)],
    seen: pairs,
    blinds: pairs,
    unprobed: [],
    hides: [],
    shows: 'configuration',
    stops: true,
    touches: [probed.name, ...rules.map(({ name }) => name)],
  };
}

const pairsOfProbe = (scene: Scene, { name }: SceneProbe): readonly Pair[] =>
  pairsOf(scene, scene.members, (rule) => rule.probe.name === name);
