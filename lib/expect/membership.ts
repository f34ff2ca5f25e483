import { lastSegment, parentId, sameId, sameName, scaleSetInstance } from '../azure/ids.ts';
import { is } from '../azure/words.ts';
import { cite, derive, type Fact } from '../evidence/fact.ts';
import { Reading } from '../evidence/reading.ts';
import { isThere, present } from '../topology/gone.ts';
import { withConfigurations, withMachines } from '../topology/members-with.ts';
import type { Gone, IpConfiguration, Machine, Member, Pool, Reference, ScaleSet, Subnet } from '../topology/model.ts';
import type { ExpectedPool } from './expectation.ts';

import { isNamed, isSubnet } from './naming.ts';

/** Who belongs into a pool beside who is in it. */
export interface Membership {
  /** Names of those that belong and are not there. */
  readonly missing: readonly string[];
  readonly unexpected: readonly Member[];
  /** What az says of both. */
  readonly shown: readonly Fact<unknown>[];
  /** The scale set of which some are missing, where it is known. */
  readonly scaleSet: ScaleSet | undefined;
}

const agreeing: Membership = { missing: [], unexpected: [], shown: [], scaleSet: undefined };

/** Compares a pool's members with those its owner names: by machine, by scale set or by subnet. A number is no name. */
export function membershipOf(pool: Pool, { members, standby }: ExpectedPool): Reading<Membership> {
  if (members === undefined) return Reading.known(agreeing);
  const { value } = members;
  const reserve = standby?.value ?? [];
  if (value.by === 'names') return byNames(pool, [...new Set([...value.names, ...reserve])]);
  if (value.by === 'scaleSet') return byScaleSet(pool, value.name, reserve);
  return value.by === 'subnet' ? bySubnet(pool, value.name, reserve) : Reading.known(agreeing);
}

const listed = (pool: Pool): readonly Fact<unknown>[] => [
  cite(pool, 'loadBalancerBackendAddresses'),
  cite(pool, 'backendIPConfigurations'),
];

function byNames(pool: Pool, names: readonly string[]): Reading<Membership> {
  return withMachines(pool.members).map((members) => ({
    missing: names.filter((name) => !members.some(({ member, machine }) => isNamed(name, member, machine))),
    unexpected: members
      .filter(({ member, machine }) => !names.some((name) => isNamed(name, member, machine)))
      .map(({ member }) => member),
    shown: listed(pool),
    scaleSet: undefined,
  }));
}

function byScaleSet(pool: Pool, name: string, reserve: readonly string[]): Reading<Membership> {
  return withMachines(pool.members).andThen((members): Reading<Membership> => {
    const unexpected = members
      .filter(({ member, machine }) => {
        const own = member.instance?.scaleSet ?? lastSegment(scaleSetIdOf(machine) ?? '');
        return !sameName(own, name) && !reserve.some((one) => isNamed(one, member, machine));
      })
      .map(({ member }) => member);
    const found = pool.scaleSets.find((set) => sameName(set.name, name));
    const none = [`any instance of scale set ${name}`];
    if (!found) return Reading.known({ missing: none, unexpected, shown: listed(pool), scaleSet: undefined });
    return found.set.map((set: ScaleSet | Gone) => {
      if (set.gone) return { missing: none, unexpected, shown: listed(pool), scaleSet: undefined };
      const joined = new Set(found.members.map(({ instance }) => instance?.instanceId));
      // While Azure changes the set, instances are behind for as long as it takes.
      const isChanging = is(set.provisioningState, 'Updating');
      // Of a Flexible set az lists no instances here: there the number says it.
      const left = isChanging ? [] : set.instances.filter(({ instance }) => !joined.has(instance?.instanceId));
      return {
        missing: left.map((instance) => instance.name),
        unexpected,
        shown: [...listed(pool), ...left.map((instance) => cite(instance, 'name'))],
        scaleSet: set,
      };
    });
  });
}

const scaleSetIdOf = (machine: Machine | Gone | undefined): string | undefined => present(machine)?.scaleSetId;

function bySubnet(pool: Pool, name: string, reserve: readonly string[]): Reading<Membership> {
  return withConfigurations(pool.members).andThen((members): Reading<Membership> => {
    const placed = members.map(({ member, configuration }) => ({
      member,
      id: subnetReference(member, configuration)?.id,
    }));
    const inside = placed.filter(({ id }) => id !== undefined && isSubnet(name, id));
    const unexpected = placed
      .filter(({ member, id }) => id !== undefined && !isSubnet(name, id) && !isReserve(member, reserve))
      .map(({ member }) => member);
    const [first] = inside;
    const none = [`any interface of subnet ${name}`];
    if (!first) return Reading.known({ missing: none, unexpected, shown: listed(pool), scaleSet: undefined });
    return first.member.subnet.map((subnet: Subnet | Gone | undefined) => {
      if (!isThere(subnet)) return { ...agreeing, unexpected, shown: listed(pool) };
      const nics = members.flatMap(({ member, configuration }) => nicIdOf(member, configuration) ?? []);
      const others = [...new Set(subnet.ipConfigurations.filter(isOfInterface).map((id) => parentId(id)))];
      const left = others.filter((id) => !nics.some((nic) => sameId(nic, id)));
      return {
        missing: left.map(nameOfInterface),
        unexpected,
        shown: [...listed(pool), derive(others, cite(subnet, 'ipConfigurations'))],
        scaleSet: undefined,
      };
    });
  });
}

const isReserve = (member: Member, names: readonly string[]): boolean =>
  names.some((name) => isNamed(name, member, undefined));

const isOfInterface = (id: string): boolean => /\/networkInterfaces\//i.test(id);

function nameOfInterface(id: string): string {
  const instance = scaleSetInstance(id);
  return instance ? `${instance.scaleSet}_${instance.instanceId}` : lastSegment(id);
}

function nicIdOf(member: Member, configuration: IpConfiguration | Gone | undefined): string | undefined {
  if (member.nicId !== undefined) return member.nicId;
  return isThere(configuration) ? parentId(configuration.id) : undefined;
}

/** The subnet that a member is in: as its interface says, or its entry in the pool. */
export function subnetReference(
  member: Member,
  configuration: IpConfiguration | Gone | undefined,
): (Reference & { readonly id: string }) | undefined {
  if (isThere(configuration) && configuration.subnetId !== undefined) {
    return { source: { parent: configuration.source, key: 'subnet' }, id: configuration.subnetId };
  }
  if (member.subnetId === undefined) return undefined;
  return { source: { parent: member.source, key: 'subnet' }, id: member.subnetId };
}
