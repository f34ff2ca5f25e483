import { idKey, lastSegment, parentId, sameId, sameName, scaleSetInstance } from '../azure/ids.ts';
import { is } from '../azure/words.ts';
import { knownOr } from '../evidence/open.ts';
import type { Expectation } from '../expect/expectation.ts';
import { isSubnet } from '../expect/naming.ts';
import { addressFamily, type Family, sameAddress } from '../network/address.ts';
import { lookAtAnswer, lookForListeners } from '../steps/guest.ts';
import { joined } from '../steps/joined.ts';
import { notice } from '../steps/looking.ts';
import { addAddress, addNic } from '../steps/pool.ts';
import type { Step } from '../steps/step.ts';
import { present } from '../topology/gone.ts';
import type { Guest } from '../topology/guest.ts';
import type { IpConfiguration, LoadBalancer, Machine, Nic, Pool } from '../topology/model.ts';
import { isCluster, platformOf } from '../topology/owner.ts';
import { urlAsked } from '../topology/probe-path.ts';
import type { Examined } from '../triage/triage.ts';
import { named } from '../words/name-order.ts';
import { capacityOf } from './capacity.ts';
import { secondsToTurn, waitFor } from './checks.ts';
import { collisionsOf } from './collisions.ts';
import { etagLooks, withEtags } from './etag.ts';
import { affecting, type Drawn } from './plan.ts';

/** A machine or an interface that is to join, or an address that none is known to have. */
export interface Candidate {
  /** As it was named: which of its addresses, where that says so. */
  readonly text: string;
  readonly name: string;
  readonly machine: Machine | undefined;
  readonly interfaces: readonly Nic[];
}

export interface Joining {
  readonly pool: Pool;
  readonly candidates: readonly Candidate[];
  readonly expectation: Expectation | undefined;
  /** Other load balancers in whose pools they are. */
  readonly others: readonly LoadBalancer[];
  /** By id, in lower case. */
  readonly publicSkus: ReadonlyMap<string, string>;
  readonly unread: readonly string[];
}

/** One address of a candidate, as it would be in the pool. */
interface Place {
  readonly candidate: Candidate;
  readonly nic: Nic | undefined;
  readonly configuration: IpConfiguration | undefined;
  readonly address: string | undefined;
}

/** Puts machines into a pool after all is seen that would keep Azure or the probe from taking them. */
export function planJoining({ judgement, topology, evidence }: Examined, joining: Joining): Drawn {
  const { loadBalancer } = topology;
  const { pool, candidates } = joining;
  const verdicts = judgement.verdicts.filter(({ rule }) => rule.pools.includes(pool));
  const before = capacityOf(verdicts);
  const drawn = (refused: readonly string[], steps: readonly Step[]): Drawn => ({
    kind: 'add',
    refused: refused.length === 0 ? null : { because: refused.join('; '), left: before },
    capacity: { before, during: before },
    steps: affecting([...new Set([pool.name, ...verdicts.map(({ rule }) => rule.name)])], steps),
    unread: joining.unread,
  });
  if (pool.kind === 'frontend' || is(loadBalancer.tier, 'Global')) {
    return drawn([`${pool.name} has frontends of regional load balancers as members, and no machines`], []);
  }
  const family = familyOf(
    pool,
    verdicts.flatMap(({ rule: { frontend } }) => frontend?.privateIPAddressVersion ?? []),
  );
  const places = candidates.map((candidate) => placeOf(candidate, family));
  const going = places.filter((place) => !isIn(place, pool));
  const inside = places
    .filter((place) => isIn(place, pool))
    .map(({ candidate }) => notice(`${candidate.name} is in ${pool.name} already`));
  // That they are in it is known, whatever else is not.
  if (going.length === 0) return { ...drawn([], []), unread: [] };
  if (loadBalancer.owner !== 'user') return drawn([], ownersWay(loadBalancer, going));
  const against = going.flatMap((place) => objections(place, family, joining, loadBalancer));
  if (against.length > 0) return drawn(against, []);
  const all = joined(...going.map((place) => joins(place, pool)));
  const of = (kind: Step['kind']): readonly Step[] => all.filter((step) => step.kind === kind);
  const backups = withEtags(of('backup'), evidence);
  const measured = verdicts.filter(({ rule }) => rule.measured);
  const up = pool.members.filter((member) =>
    measured.every(({ states }) => states.every((state) => state.member !== member || state.state === 'up')),
  ).length;
  const seconds = secondsToTurn(measured.flatMap(({ rule: { probe } }) => probe ?? []));
  return drawn(
    [],
    [
      ...inside,
      ...going.flatMap((place) => looksAt(place, pool)),
      ...backups,
      ...etagLooks(backups),
      ...of('change'),
      ...(measured.length === 0
        ? []
        : [
            waitFor({
              kind: 'check',
              title: `Wait until ${up + going.length} members of ${pool.name} are up (exit code 0); undo at once where they aren't by then`,
              loadBalancerId: loadBalancer.id,
              pool: pool.name,
              healthy: up + going.length,
              seconds,
            }),
          ]),
      ...of('undo'),
    ],
  );
}

function ownersWay(loadBalancer: LoadBalancer, going: readonly Place[]): readonly Step[] {
  const names = named(going.map(({ candidate }) => candidate.name));
  const how = isCluster(loadBalancer.owner)
    ? `its nodes are in its pools by themselves, unless they have the label node.kubernetes.io/exclude-from-external-load-balancers: make ${names} a node, or take the label off`
    : `put ${names} in through it: what az writes here is undone, or not supported`;
  return [{ ...notice(`${platformOf(loadBalancer)} writes this load balancer: ${how}`), kind: 'change' }];
}

/** Of those that are in it, else of its frontends. */
function familyOf({ members }: Pool, versions: readonly string[]): Family {
  const addresses = members.flatMap((member) => {
    const configuration = present(knownOr(member.ipConfiguration, undefined));
    return member.ipAddress ?? configuration?.privateIPAddress ?? [];
  });
  const [family] = addresses.flatMap((address) => addressFamily(address) ?? []);
  return family ?? (versions.some((version) => is(version, 'IPv6')) ? 6 : 4);
}

/** The address that is named, else the first one of the family at the machine's primary interface. */
function placeOf(candidate: Candidate, family: Family): Place {
  const { text, interfaces } = candidate;
  const all = interfaces.flatMap((nic) => nic.ipConfigurations.map((configuration) => ({ nic, configuration })));
  const isNamed = ({ nic, configuration }: (typeof all)[number]): boolean =>
    sameId(configuration.id, text) ||
    sameId(nic.id, text) ||
    sameName(nic.name, text) ||
    (configuration.privateIPAddress !== undefined && sameAddress(configuration.privateIPAddress, text));
  const fitting = (list: typeof all) => {
    const own = list.filter(({ configuration }) => versionOf(configuration) === family);
    return own.length > 0 ? own : list;
  };
  const meant = all.filter(isNamed);
  const primary = all.filter(({ nic }) => nic.primary !== false || interfaces.length === 1);
  const choice = fitting(meant.length > 0 ? meant : primary);
  const found = choice.find(({ configuration }) => configuration.primary) ?? choice[0];
  const address = found?.configuration.privateIPAddress ?? (all.length === 0 ? text : undefined);
  return { candidate, nic: found?.nic, configuration: found?.configuration, address };
}

const versionOf = ({ privateIPAddressVersion }: IpConfiguration): Family =>
  is(privateIPAddressVersion, 'IPv6') ? 6 : 4;

function isIn({ configuration, address }: Place, pool: Pool): boolean {
  if (configuration?.loadBalancerBackendAddressPools.some((id) => sameId(id, pool.id))) return true;
  return pool.members.some(
    (member) =>
      (configuration !== undefined && sameId(member.ipConfigurationId, configuration.id)) ||
      (address !== undefined && member.ipAddress !== undefined && sameAddress(member.ipAddress, address)),
  );
}

const takesAddresses = ({ kind, syncMode, virtualNetworkId }: Pool): boolean =>
  kind === 'ip' || (kind === 'empty' && (syncMode !== undefined || virtualNetworkId !== undefined));

/** Why Azure or its owner would not have it there. */
function objections(
  place: Place,
  family: Family,
  { pool, expectation, others, publicSkus }: Joining,
  loadBalancer: LoadBalancer,
): readonly string[] {
  const { candidate, nic, configuration, address } = place;
  const { name, machine } = candidate;
  if (nic !== undefined && scaleSetInstance(nic.id) && !takesAddresses(pool)) {
    const set = scaleSetInstance(nic.id)?.scaleSet;
    return [
      `${name} is an instance of scale set ${set}, whose interfaces can't be edited one by one: the set's model names its pools (az vmss update, then az vmss update-instances)`,
    ];
  }
  if (configuration === undefined && !takesAddresses(pool)) {
    return [`${name} has no network interface that could join ${pool.name}, which is made of interfaces`];
  }
  const found: string[] = [];
  const own = configuration === undefined ? addressFamily(address ?? '') : versionOf(configuration);
  if (own !== null && own !== family)
    found.push(`${name} has an IPv${own} address, and ${pool.name} is of IPv${family}`);
  const network = configuration?.subnetId === undefined ? undefined : parentId(configuration.subnetId);
  const wanted = networksOf(pool);
  const [first] = wanted;
  if (network !== undefined && first !== undefined && wanted.every((one) => !sameId(one, network))) {
    found.push(`${name} is in virtual network ${lastSegment(network)}, and ${pool.name} is in ${lastSegment(first)}`);
  }
  if (takesAddresses(pool) && network === undefined && first === undefined) {
    found.push(`nothing says in which virtual network ${address ?? name} is`);
  }
  const sku = configuration?.publicIPId === undefined ? undefined : publicSkus.get(idKey(configuration.publicIPId));
  if (sku !== undefined && !sameName(sku, loadBalancer.sku)) {
    found.push(
      `${name} has a public address of SKU ${sku}, and ${loadBalancer.name} is ${loadBalancer.sku}: they must be alike`,
    );
  }
  if (is(loadBalancer.sku, 'Basic')) found.push(...basicObjections(candidate, pool));
  if (configuration !== undefined) {
    const all = [loadBalancer, ...others];
    found.push(...collisionsOf(configuration, pool, loadBalancer, all).map((one) => `${name}: ${one}`));
  }
  const approved = expectation?.pools.find((one) => sameName(one.name, pool.name))?.approvedSubnets;
  const subnetId = configuration?.subnetId;
  if (approved !== undefined && subnetId !== undefined && !approved.value.some((one) => isSubnet(one, subnetId))) {
    const place = `${expectation?.file}:${approved.line}`;
    found.push(
      `${name} is in subnet ${lastSegment(subnetId)}, and approved is ${approved.value.join(', ')} (${place})`,
    );
  }
  if (nic?.privateEndpointId !== undefined || nic?.privateLinkServiceId !== undefined) {
    found.push(`${nic.name} belongs to a private endpoint or a Private Link service, which no pool takes`);
  }
  return machine === undefined && nic !== undefined && nic.machineId === undefined
    ? [...found, `${nic.name} is attached to no machine`]
    : found;
}

/** A Basic load balancer takes machines of one availability set or scale set. */
function basicObjections({ name, machine }: Candidate, { members }: Pool): readonly string[] {
  const sets = members.flatMap((member) => {
    const found = present(knownOr(member.machine, undefined));
    return found?.availabilitySetId ?? found?.scaleSetId ?? [];
  });
  const own = machine?.availabilitySetId ?? machine?.scaleSetId;
  const [first] = sets;
  if (first === undefined || sets.some((set) => sameId(set, own))) return [];
  return [`a Basic load balancer takes machines of one set: ${lastSegment(first)}, and ${name} is not in it`];
}

/** Where its members are, or its internal frontends. */
function networksOf(pool: Pool): readonly string[] {
  const ofMembers = pool.members.flatMap((member) => {
    const subnet = present(knownOr(member.ipConfiguration, undefined))?.subnetId ?? member.subnetId;
    return member.virtualNetworkId ?? (subnet === undefined ? [] : parentId(subnet));
  });
  const ofFrontends = pool.balancingRules.flatMap(({ frontend }) =>
    frontend?.subnetId === undefined ? [] : parentId(frontend.subnetId),
  );
  const all = [...(pool.virtualNetworkId === undefined ? [] : [pool.virtualNetworkId]), ...ofMembers, ...ofFrontends];
  return [...new Map(all.map((id) => [idKey(id), id])).values()];
}

function joins({ candidate, configuration, address }: Place, pool: Pool): readonly Step[] {
  const poolId = pool.id;
  if (!takesAddresses(pool)) {
    return configuration === undefined ? [] : addNic({ poolId, ipConfigurationId: configuration.id });
  }
  if (address === undefined) return [];
  const taken = pool.members.map(({ addressName }) => addressName?.toLowerCase());
  const wanted =
    addressFamily(candidate.name) === null ? candidate.name : `address-${address.replaceAll(/[.:]/g, '-')}`;
  let name = wanted;
  for (let number = 2; taken.includes(name.toLowerCase()); number += 1) name = `${wanted}-${number}`;
  const subnet = configuration?.subnetId;
  const virtualNetworkId = subnet === undefined ? networksOf(pool)[0] : parentId(subnet);
  return addAddress({ poolId, address: name, ip: address, virtualNetworkId });
}

/** That something answers there, before traffic comes. */
function looksAt({ candidate, address }: Place, pool: Pool): readonly Step[] {
  const { name, machine } = candidate;
  const probes = [...new Set(pool.balancingRules.flatMap(({ probe }) => probe ?? []))];
  const power = machine?.powerState;
  const off =
    power === undefined || power === 'running'
      ? []
      : [notice(`Start ${name} first: it is ${power}, and gets no traffic as long as it is`)];
  const ports = pool.balancingRules.flatMap(({ backendPort = 0, name: rule }) =>
    backendPort === 0 ? [] : [`${backendPort} (${rule})`],
  );
  const listens = notice(
    `Go on only where ${name} answers: traffic comes to port ${named(ports)}${probes.length === 0 ? ' at once, as nothing probes it' : `, the probe to port ${named(probes.map(({ port }) => String(port)))}`}`,
  );
  if (machine === undefined || power === undefined) return [...off, listens];
  if (power !== 'running') return [...off, listens];
  const guest: Guest = { id: machine.id, system: systemOf(machine) };
  const asked = probes.flatMap((probe) =>
    is(probe.protocol, 'Tcp') || address === undefined ? [] : lookAtAnswer(guest, urlAsked(probe, address)),
  );
  return [listens, ...lookForListeners(guest), ...asked];
}

const systemOf = ({ osType }: Machine): Guest['system'] =>
  (['Linux', 'Windows'] as const).find((system) => is(osType, system));
