import { answersHttp, answersNothing, healthReason, listenerStopped } from '../../world/changes.ts';
import { change } from '../../world/world.ts';
import type { FaultKind, Injection } from '../fault.ts';
import type { Random } from '../random.ts';
import { membersOfPool, pairsOf, type Scene, type SceneMember, type SceneRule } from '../scene.ts';
import { namesOf } from './membership.ts';

/** Faults inside the machine, and what the platform says by itself: only a probe's answer tells of them. */
export const applicationFaults: readonly FaultKind[] = [
  onSome(
    'nothing listens',
    () => true,
    (members) => ({
      told: 'nothing listens',
      change: (world) => change(world, ...members.map(({ machine }) => listenerStopped(machine))),
      names: ['path-clear-app-suspect', 'tcp-probe-timeout'],
    }),
  ),
  onSome('answers with an error', isHttp, (members, random) => {
    const status = random.pick([500, 503, 404, 401, 301, 204]);
    return {
      told: `answers ${status}`,
      change: (world) => change(world, ...members.map(({ machine }) => answersHttp(machine, status))),
      names: ['http-status-error'],
    };
  }),
  onSome('hangs', isHttp, (members) => ({
    told: 'accepts and answers nothing',
    change: (world) => change(world, ...members.map(({ machine }) => answersNothing(machine))),
    names: ['http-no-response'],
  })),
  onSome('hangs up', isHttp, (members) => ({
    told: 'accepts and hangs up',
    change: (world) => change(world, ...members.map(({ machine }) => answersNothing(machine, 'reset'))),
    names: ['http-endpoint-unreachable'],
  })),
  onSome(
    'platform',
    () => true,
    (members) => ({
      told: 'is down by the platform',
      change: (world) => change(world, ...members.map(({ machine }) => healthReason(machine, 'Down_Platform'))),
      names: ['platform-reason'],
      layer: 'platform',
      overrides: true,
    }),
  ),
  onSome(
    'on the edge',
    () => true,
    (members) => ({
      told: 'is on the edge of its threshold',
      change: (world) =>
        change(world, ...members.map(({ machine }) => healthReason(machine, 'Down_Probe_ApproachingHealthyThreshold'))),
      names: ['probe-flapping'],
      layer: 'symptom',
      overrides: true,
    }),
  ),
];

function isHttp({ probe, protocol }: SceneRule): boolean {
  return probe.protocol !== 'Tcp' && protocol !== 'All';
}

/** On one member, some or all of a pool that has a balancing rule which tells. */
function onSome(
  name: string,
  tells: (rule: SceneRule) => boolean,
  make: (
    members: readonly SceneMember[],
    random: Random,
  ) => Pick<Injection, 'told' | 'change' | 'names'> & Partial<Injection>,
): FaultKind {
  return {
    name,
    inject: (scene, random) => {
      const telling = scene.rules.filter(tells);
      if (scene.sku !== 'Standard' || scene.isGlobal || telling.length === 0) return undefined;
      const { pool } = random.pick(telling);
      const all = membersOfPool(scene, pool);
      const members = random.chance(0.3) ? all : random.some(all, 1);
      return atMembers(scene, members, tells, make(members, random));
    },
  };
}

function atMembers(
  scene: Scene,
  members: readonly SceneMember[],
  tells: (rule: SceneRule) => boolean,
  part: Pick<Injection, 'told' | 'change' | 'names'> & Partial<Injection>,
): Injection {
  const pairs = pairsOf(scene, members, tells);
  return {
    layer: 'application',
    at: members.flatMap(namesOf),
    seen: pairs,
    blinds: pairs,
    unprobed: [],
    hides: [],
    shows: 'answer',
    stops: true,
    touches: members.map(({ machine }) => `guest of ${machine}`),
    ...part,
    told: `${members.map(({ machine }) => machine).join(', ')} ${part.told}`,
  };
}
