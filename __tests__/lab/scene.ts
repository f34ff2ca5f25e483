import type { Shape } from '../world/healthy.ts';
import type { World } from '../world/world.ts';

/** A healthy world that the generator made, with what a fault must know of it. */
export interface Scene {
  readonly world: World;
  readonly target: { readonly name: string; readonly group: string };
  readonly lbId: string;
  readonly isGlobal: boolean;
  readonly isManaged: boolean;
  readonly sku: 'Standard' | 'Basic' | 'Gateway';
  readonly membership: NonNullable<Shape['membership']>;
  readonly isInternal: boolean;
  readonly hasIpv6: boolean;
  readonly members: readonly SceneMember[];
  readonly rules: readonly SceneRule[];
  readonly probes: readonly SceneProbe[];
  /** Rules that may stand before what is wrong: a cluster whose active node is at fault is up nowhere. */
  readonly besides?: readonly string[];
  /** One a line, for a person who wants to see what it is. */
  readonly told: readonly string[];
}

/** A machine, which may have an IPv4 and an IPv6 configuration in two pools. */
export interface SceneMember {
  readonly machine: string;
  readonly pool: string;
  readonly nicId: string;
}

export interface SceneRule {
  readonly name: string;
  /** Without the ending of the IPv6 one. */
  readonly pool: string;
  readonly poolName: string;
  readonly probe: SceneProbe;
  readonly protocol: 'Tcp' | 'Udp' | 'All';
  readonly frontendPort: number;
  readonly backendPort: number;
}

export interface SceneProbe {
  readonly name: string;
  readonly protocol: 'Http' | 'Https' | 'Tcp';
  readonly port: number;
}

/** A member in one balancing rule: where a probe looks. */
export type Pair = `${string}|${string}`;

export const pair = ({ machine }: Pick<SceneMember, 'machine'>, { name }: Pick<SceneRule, 'name'>): Pair =>
  `${machine}|${name}`;

export const rulesOfPool = ({ rules }: Scene, pool: string): readonly SceneRule[] =>
  rules.filter((rule) => rule.pool === pool);

export const membersOfPool = ({ members }: Scene, pool: string): readonly SceneMember[] =>
  members.filter((member) => member.pool === pool);

/** Every pair of these members with their balancing rules, or with those of them that `wanted` lets through. */
export const pairsOf = (
  scene: Scene,
  members: readonly SceneMember[],
  wanted: (rule: SceneRule) => boolean = () => true,
): readonly Pair[] =>
  members.flatMap((member) =>
    rulesOfPool(scene, member.pool)
      .filter(wanted)
      .map((rule) => pair(member, rule)),
  );
