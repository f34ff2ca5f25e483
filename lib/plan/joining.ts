import { parentId } from '../azure/ids.ts';
import { is } from '../azure/words.ts';
import { addressFamily } from '../network/address.ts';
import { lookAtAnswer, lookForListeners } from '../steps/guest.ts';
import { joined } from '../steps/joined.ts';
import { notice } from '../steps/looking.ts';
import { addAddress, addNic } from '../steps/pool.ts';
import type { Step } from '../steps/step.ts';
import type { Guest } from '../topology/guest.ts';
import type { LoadBalancer, Machine, Pool } from '../topology/model.ts';
import { isCluster, platformOf } from '../topology/owner.ts';
import { urlAsked } from '../topology/probe-path.ts';
import type { Examined } from '../triage/triage.ts';
import { named } from '../words/name-order.ts';
import { capacityOf } from './capacity.ts';
import { secondsToTurn, waitFor } from './checks.ts';
import { etagLooks, withEtags } from './etag.ts';
import { instancesJoin, isInstance } from './joining-instances.ts';
import { type Joining, objections } from './objections.ts';
import { familyOf, isIn, networksOf, type Place, placeOf, takesAddresses } from './place.ts';
import { affecting, type Drawn } from './plan.ts';

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
  const isByModel = ({ nic }: Place): boolean => !takesAddresses(pool) && nic !== undefined && isInstance(nic);
  const sets = instancesJoin(going.filter(isByModel), pool, loadBalancer.id, evidence);
  if (sets.refused.length > 0) return drawn(sets.refused, []);
  const all = joined(...going.filter((place) => !isByModel(place)).map((place) => joins(place, pool)), ...sets.ways);
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
