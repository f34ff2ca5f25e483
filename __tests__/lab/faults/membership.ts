import type { RuleId } from '../../../lib/rule-ids.generated.ts';
import {
  answers,
  deallocated,
  detached,
  emptyPool,
  instanceBehindModel,
  machineGone,
  modelLacksPool,
  nicGone,
  power,
  set,
  adminState as withAdminState,
} from '../../world/changes.ts';
import { change } from '../../world/world.ts';
import type { FaultKind, Injection } from '../fault.ts';
import type { Random } from '../random.ts';
import { membersOfPool, type Pair, pairsOf, rulesOfPool, type Scene, type SceneMember } from '../scene.ts';

/** Faults that a member's configuration tells: it is not there, not in the pool, off, or held by hand. */
export const membershipFaults: readonly FaultKind[] = [
  onMember('machine off', {}, (member, random) => {
    const state = random.pick(['deallocated', 'stopped', 'deallocating', 'stopping'] as const);
    return {
      told: `${member.machine} is ${state}`,
      change: power(member.machine, state),
      names: ['member-vm-not-running'],
      layer: 'compute',
    };
  }),
  {
    name: 'every machine of a pool off',
    inject: (scene, random) => {
      const [first] = hasMembers(scene) ? [random.pick(scene.members)] : [];
      if (first === undefined) return undefined;
      const members = membersOfPool(scene, first.pool);
      return {
        ...memberFault(scene, members),
        told: `every machine of ${first.pool} is deallocated`,
        change: (world) => change(world, ...members.map(({ machine }) => deallocated(machine))),
        names: ['member-vm-not-running'],
        layer: 'compute',
      };
    },
  },
  onMember('interface gone', { memberships: ['nic', 'flexible'], hides: true }, ({ machine }) => ({
    told: `the interface of ${machine} is deleted`,
    change: nicGone(machine),
    names: ['ghost-nic-missing'],
    layer: 'existence',
  })),
  onMember('interface without a machine', { memberships: ['nic', 'flexible'], hides: true }, ({ machine }) => ({
    told: `the interface of ${machine} belongs to no machine`,
    change: detached(machine),
    names: ['ghost-nic-unattached'],
    layer: 'existence',
  })),
  onMember('machine deleted', { memberships: ['nic', 'flexible'], hides: true }, ({ machine }) => ({
    told: `${machine} is deleted, its interface names it`,
    change: machineGone(machine),
    names: ['ghost-nic-unattached'],
    layer: 'existence',
    touches: [machine, `group of ${machine}`, `guest of ${machine}`],
  })),
  adminState('Down', 'is taken out by admin state', 'admin-state-down'),
  adminState('Up', 'is held in by admin state', 'admin-state-up-masks-probe'),
  {
    name: 'pool empty',
    inject: (scene, random) => {
      if (scene.members.length === 0 || scene.sku === 'Gateway') return undefined;
      const { pool } = random.pick(scene.members);
      const members = membersOfPool(scene, pool);
      return {
        ...memberFault(scene, members, true),
        told: `${pool} is empty`,
        change: (world) => change(world, emptyPool(pool), ...(scene.hasIpv6 ? [emptyPool(`${pool}-v6`)] : [])),
        names: ['pool-empty-serving'],
        layer: 'topology',
        at: [pool, ...rulesOfPool(scene, pool).map(({ name }) => name)],
        touches: [pool, ...members.map(({ machine }) => machine)],
      };
    },
  },
  {
    name: 'instance behind its model',
    inject: (scene, random) => {
      const [pool] = new Set(scene.members.map((member) => member.pool));
      const members = pool === undefined ? [] : membersOfPool(scene, pool);
      if (scene.membership !== 'uniform' || scene.hasIpv6 || members.length < 2) return undefined;
      const member = random.pick(members);
      return {
        ...memberFault(scene, [member], true),
        told: `${member.machine} was not brought to its model, which has the pool`,
        change: instanceBehindModel(member.machine),
        names: ['vmss-model-drift'],
        layer: 'existence',
        at: [...namesOf(member), setOf(member)],
        stops: false,
      };
    },
  },
  {
    name: 'model lacks the pool',
    inject: (scene, random) => {
      const isSet = scene.membership === 'uniform' || scene.membership === 'flexible';
      if (!isSet || scene.isManaged || scene.hasIpv6) return undefined;
      const member = random.pick(scene.members);
      return {
        ...memberFault(scene, []),
        told: `the model of the scale set ${setOf(member)} does not name its pool`,
        change: modelLacksPool(setOf(member)),
        names: ['vmss-model-lacks-pool'],
        layer: 'existence',
        at: [`/virtualMachineScaleSets/${setOf(member)}`],
        seen: pairsOf(scene, membersOfPool(scene, member.pool)),
        stops: false,
        touches: [`model of ${setOf(member)}`, ...membersOfPool(scene, member.pool).map(({ machine }) => machine)],
      };
    },
  },
  onMember('interface failed', { memberships: ['nic', 'flexible'], harmless: true }, ({ nicId, machine }) => ({
    told: `the last write of the interface of ${machine} failed`,
    change: set(nicId, 'properties.provisioningState', 'Failed'),
    names: ['nic-provisioning-failed'],
    layer: 'control-plane',
  })),
  onMember('interface does not name its pool', { memberships: ['nic', 'flexible'], harmless: true }, (member) => ({
    told: `the interface of ${member.machine} does not name the pool that lists it`,
    change: answers(
      member.nicId,
      'properties.ipConfigurations[ipconfig1].properties.loadBalancerBackendAddressPools',
      undefined,
    ),
    names: ['membership-backref-mismatch'],
    layer: 'existence',
  })),
  // Whose address it is can't be found then: nothing more is told of its interface or machine.
  onMember(
    'address without a network',
    { memberships: ['ip'], hides: true, harmless: true },
    ({ machine, pool }, _, { lbId }) => ({
      touches: [machine, `group of ${machine}`, `guest of ${machine}`],
      told: `the address of ${machine} names no virtual network`,
      change: set(
        lbId,
        `properties.backendAddressPools[${pool}].properties.loadBalancerBackendAddresses[${machine}].properties.virtualNetwork`,
        undefined,
      ),
      names: ['ip-member-no-vnet'],
      layer: 'existence',
    }),
  ),
  onMember('interface of a private endpoint', { memberships: ['nic'], hides: true }, (member, _, { lbId }) => ({
    told: `the interface of ${member.machine} is a private endpoint's`,
    change: (world) =>
      change(
        world,
        detached(member.machine),
        set(member.nicId, 'properties.privateEndpoint', {
          id: lbId.replace(/loadBalancers.*/, 'privateEndpoints/shop'),
        }),
      ),
    names: ['unsupported-member-type'],
    layer: 'topology',
    stops: false,
  })),
  {
    name: 'address of nobody',
    inject: (scene, random) => {
      if (scene.membership !== 'ip' || scene.isManaged || scene.hasIpv6 || scene.members.length === 0) return undefined;
      const member = random.pick(scene.members);
      const { machine, pool } = member;
      const at = `properties.backendAddressPools[${pool}].properties.loadBalancerBackendAddresses[${machine}].properties`;
      return {
        ...memberFault(scene, [member], true),
        told: `${pool} has an address of nobody for ${machine}`,
        change: set(scene.lbId, `${at}.ipAddress`, '10.20.13.77'),
        names: ['ip-member-unowned'],
        layer: 'existence',
        touches: [machine, `group of ${machine}`, `guest of ${machine}`],
      };
    },
  },
  {
    name: 'network other than the frontend',
    inject: (scene, random) => {
      if (scene.membership !== 'ip' || !scene.isInternal || scene.hasIpv6) return undefined;
      const member = random.pick(scene.members);
      const { machine, pool } = member;
      const at = `properties.backendAddressPools[${pool}].properties.loadBalancerBackendAddresses[${machine}].properties`;
      return {
        ...memberFault(scene, [member], true),
        told: `the address of ${machine} is said to be in another network than the frontend`,
        change: set(
          scene.lbId,
          `${at}.virtualNetwork.id`,
          scene.lbId.replace(/loadBalancers.*/, 'virtualNetworks/other'),
        ),
        names: ['pool-vnet-differs-from-frontend'],
        layer: 'topology',
        stops: false,
        touches: [machine, `group of ${machine}`, `guest of ${machine}`],
      };
    },
  },
];

// What is said of members is said of Standard and Basic load balancers alone.
const hasMembers = ({ members, sku }: Scene): boolean => members.length > 0 && sku !== 'Gateway';

function adminState(state: 'Up' | 'Down', told: string, rule: RuleId): FaultKind {
  return onMember(`admin state ${state}`, { harmless: state === 'Up' }, (member, _, scene) => {
    // An address of an IP-based pool has a state for each family.
    if (scene.hasIpv6 && scene.membership === 'ip') return undefined;
    return {
      told: `${member.machine} ${told}`,
      change: withAdminState(member.machine, state),
      blinds: pairsOf(scene, [member]),
      names: [rule],
      layer: 'override',
      shows: 'way',
      // Nobody misses who was taken out by hand as long as half are left.
      ...(state === 'Down' && membersOfPool(scene, member.pool).length > 1 && { stops: false }),
    };
  });
}

interface Where {
  readonly memberships?: readonly Scene['membership'][];
  /** Nothing more can be told of the member. */
  readonly hides?: boolean;
  /** Traffic goes on, and so does the probe. */
  readonly harmless?: boolean;
}

type Part = Pick<Injection, 'told' | 'change' | 'names' | 'layer'>;

function onMember(
  name: string,
  { memberships, hides = false, harmless = false }: Where,
  make: (member: SceneMember, random: Random, scene: Scene) => (Part & Partial<Injection>) | undefined,
): FaultKind {
  return {
    name,
    inject: (scene, random) => {
      if (!hasMembers(scene) || (memberships && !memberships.includes(scene.membership))) return undefined;
      const member = random.pick(scene.members);
      const part = make(member, random, scene);
      const whole = memberFault(scene, [member], hides);
      return part && { ...whole, ...(harmless && { stops: false, blinds: [] }), ...part };
    },
  };
}

function memberFault(scene: Scene, members: readonly SceneMember[], hides = false): Omit<Injection, keyof Part> {
  const pairs: readonly Pair[] = pairsOf(scene, members);
  return {
    at: members.flatMap(namesOf),
    seen: pairs,
    blinds: pairs,
    hides: hides ? pairs : [],
    unprobed: [],
    shows: 'configuration',
    stops: true,
    touches: members.flatMap(({ machine }) => (hides ? [machine, `group of ${machine}`] : [machine])),
  };
}

/** A member goes by its machine, its interface or, in an IP-based pool, its address: all begin like the machine. */
export const namesOf = ({ machine, nicId }: SceneMember): readonly string[] => [`/${machine}`, nicId];

const setOf = ({ machine }: SceneMember): string => machine.replace(/_\d+$/, '');
