import { listenerStopped, listens } from '../../world/changes.ts';
import { change } from '../../world/world.ts';
import type { FaultKind, Injection } from '../fault.ts';
import { pair, type Scene, type SceneMember, type SceneRule } from '../scene.ts';
import type { ShapeScene } from '../shape-scene.ts';
import { faultKinds } from './index.ts';
import { namesOf } from './membership.ts';

/** The faults that fit a shape: the usual ones where they are faults of it, and its own. */
export function shapeFaults(scene: ShapeScene): readonly FaultKind[] {
  const usual = faultKinds
    .filter(({ name }) => fits(name, scene))
    .map((kind) => byAddress(byShape(besideSleepers(kind, scene), scene), scene));
  return scene.isCluster ? [...usual, ...clusterFaults(scene)] : usual;
}

function fits(name: string, { isCluster, shape }: ShapeScene): boolean {
  // That is "the cluster answers nowhere", which clusters have.
  if (isCluster && /total outage|all probed up/.test(name)) return false;
  // These change the rule that lets clients in, which such shapes have by other names; clients are denied there as well.
  if (
    /door|application group|AKS|Kubernetes/.test(shape) &&
    /no rule lets|frontends' ports|load balancer is let in|no security group/.test(name)
  )
    return false;
  // az has no rules in force of an instance's interface.
  if (shape === 'instances by address' && /model|network manager/.test(name)) return false;
  // Any status but 200 says that a node has no pod.
  if (shape === 'Kubernetes Local' && name === 'answers with an error') return false;
  // These are made at a machine's first interface, or at an interface's first address.
  if (
    /second interface|appliances/.test(shape) &&
    /admin state|interface (denies|failed|gone|without a machine)/.test(name)
  )
    return false;
  if (/second address|appliances/.test(shape) && name === 'interface does not name its pool') return false;
  return true;
}

/** What a guest does not answer by its second interface it may answer by its first: without routes of its own it would. */
const byShape = (kind: FaultKind, { shape, isCluster }: ShapeScene): FaultKind => ({
  name: kind.name,
  inject: (scene, random) => {
    const made = kind.inject(scene, random);
    if (made === undefined) return undefined;
    // Two of them may leave the pool empty, which is told instead.
    if (kind.name === 'instance behind its model') return { ...made, touches: [...made.touches, 'every instance'] };
    // A narrow door lets probes in by a rule of their own, or by Azure's.
    if (kind.name === 'clients denied') return { ...made, names: [...made.names, 'nsg-allows-lb-not-client'] };
    // A cluster's probe port is no balancing rule's: another one is told by nobody's answering it.
    if (isCluster && kind.name === 'probe on another port')
      return { ...made, names: ['path-clear-app-suspect'], shows: 'answer' };
    if (!made.names.includes('path-clear-app-suspect')) return made;
    if (/second interface|appliances/.test(shape))
      return { ...made, names: [...made.names, 'member-on-secondary-nic'] };
    // Where nobody answers on a port of its own it may as well be the wrong port.
    if (shape === 'health on its own port')
      return {
        ...made,
        at: [...made.at, ...scene.probes.map(({ name }) => name)],
        names: [...made.names, 'probe-port-unrelated'],
      };
    return made;
  },
});

/** Where the interface behind an address is not known, nobody knows whether it forwards: whether this is a cluster. */
const byAddress = (kind: FaultKind, { isCluster, members }: ShapeScene): FaultKind => ({
  name: kind.name,
  inject: (scene, random) => {
    const made = kind.inject(scene, random);
    if (made === undefined || !isCluster || !/^address|network other/.test(kind.name)) return made;
    return { ...made, touches: [...made.touches, ...members.map(({ machine }) => `guest of ${machine}`)] };
  },
});

/** A fault of the guest tells nothing where it is down by design; one of its configuration is told, and stops nothing. */
const besideSleepers = (kind: FaultKind, { asleep }: ShapeScene): FaultKind => ({
  name: kind.name,
  inject: (scene, random) => {
    const made = kind.inject(scene, random);
    if (made === undefined || asleep.size === 0) return made;
    const sleeping = made.seen.filter((place) => asleep.has(place));
    if (sleeping.length === 0) return made;
    if (made.shows !== 'configuration' || made.overrides) return undefined;
    return sleeping.length === made.seen.length ? { ...made, stops: false } : made;
  },
});

function clusterFaults({ asleep, isCluster }: ShapeScene): readonly FaultKind[] {
  if (!isCluster) return [];
  const at = (
    all: readonly SceneMember[],
    rule: SceneRule,
    members: readonly SceneMember[],
  ): Omit<Injection, 'told' | 'change' | 'names'> => ({
    layer: 'application',
    at: [rule.name, rule.probe.name, ...members.flatMap(namesOf)],
    seen: members.map((member) => pair(member, rule)),
    // Which node is to answer is a matter of all of them.
    blinds: all.map((member) => pair(member, rule)),
    overrides: true,
    unprobed: [],
    hides: [],
    shows: 'answer',
    stops: true,
    touches: [rule.probe.name, ...members.map(({ machine }) => `guest of ${machine}`)],
  });
  const passive = (scene: Scene, rule: SceneRule) => scene.members.filter((member) => asleep.has(pair(member, rule)));
  return [
    {
      name: 'a passive node answers as well',
      inject: (scene, random) => {
        const rule = random.pick(scene.rules);
        const members = random.some(passive(scene, rule), 1);
        if (members.length === 0) return undefined;
        const answering = members.map(({ machine }) => listens(machine, { port: rule.probe.port, speaks: 'tcp' }));
        return {
          ...at(scene.members, rule, members),
          told: `${members.map(({ machine }) => machine).join(', ')} answers ${rule.probe.port} as well`,
          change: (world) => change(world, ...answering),
          names: ['active-passive-both-up'],
          // Half of the connections get through.
          stops: false,
        };
      },
    },
    {
      name: 'the cluster answers nowhere',
      inject: (scene, random) => {
        const rule = random.pick(scene.rules);
        const members = scene.members.filter((member) => !asleep.has(pair(member, rule)));
        return {
          ...at(scene.members, rule, members),
          told: `no node answers ${rule.probe.port}`,
          change: (world) => change(world, ...members.map(({ machine }) => listenerStopped(machine, rule.probe.port))),
          names: ['path-clear-app-suspect', 'tcp-probe-timeout'],
        };
      },
    },
  ];
}
