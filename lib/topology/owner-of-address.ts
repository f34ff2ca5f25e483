import type { LoadBalancerAnswer } from '../../schemas/az/load-balancer.generated.ts';
import type { NetworkInterfaceAnswer } from '../../schemas/az/network-interface.generated.ts';
import type { ScaleSetAnswer } from '../../schemas/az/scale-set.generated.ts';
import { idKey, subscriptionOf } from '../azure/ids.ts';
import { is } from '../azure/words.ts';
import { askKey } from '../evidence/ask.ts';
import { type Evidence, type Read, reading } from '../evidence/evidence.ts';
import { addressAvailability } from '../evidence/questions/address-availability.ts';
import { interfaces } from '../evidence/questions/interfaces.ts';
import { networkInterface } from '../evidence/questions/network-interface.ts';
import { scaleSet } from '../evidence/questions/scale-set.ts';
import { scaleSetInterfaces } from '../evidence/questions/scale-set-interfaces.ts';
import { scaleSets } from '../evidence/questions/subscription-lists.ts';
import { Reading } from '../evidence/reading.ts';
import { outOfSight } from './gone.ts';
import type { AddressUse, Nic, Pool } from './model.ts';
import { nicFrom } from './network.ts';

type PoolAnswer = NonNullable<LoadBalancerAnswer['backendAddressPools']>[number];
type AddressAnswer = NonNullable<PoolAnswer['loadBalancerBackendAddresses']>[number];

/** An address that a pool lists, and the virtual network that it is in. */
export interface Placed {
  readonly ip: string;
  readonly network: string;
}

/** Undefined where the pool says no address, or nothing of where it is. */
export function placedAs(address: AddressAnswer | undefined, pool: Pool): Placed | undefined {
  const ip = address?.ipAddress;
  const network = address?.virtualNetwork?.id ?? pool.virtualNetworkId ?? address?.subnet?.id.split(/\/subnets\//i)[0];
  return ip === undefined || network === undefined ? undefined : { ip, network };
}

/** An IP-based member's interface: the one with that address in its virtual network; undefined where none is known. */
export function ownerOfAddress(placed: Placed | undefined, evidence: Evidence): Reading<Nic | undefined> {
  if (placed === undefined) return Reading.known(undefined);
  const subscription = subscriptionOf(placed.network);
  return reading(evidence, interfaces, subscription).andThen((list) => {
    if (list.gone) return outOfSight(list);
    const owner = ownerIn(list, placed, evidence);
    if (owner !== undefined) return Reading.known(owner);
    const unread = unreadIn(list, evidence);
    if (unread.length > 0) return Reading.all(unread).andThen(() => Reading.known(undefined));
    return ownerInScaleSets(placed, subscription, evidence).orElse(() =>
      // Where the scale sets can't be had, that nobody has the address is all there is to know.
      useOfAddress(placed, evidence).andThen((use) =>
        use?.available === true ? Reading.known(undefined) : ownerInScaleSets(placed, subscription, evidence),
      ),
    );
  });
}

/** What its virtual network says of an address; undefined where az has no word of that. */
export function useOfAddress({ ip, network }: Placed, evidence: Evidence): Reading<AddressUse | undefined> {
  return reading(evidence, addressAvailability, `${network}/ipAddresses/${ip}`).map((answer) =>
    answer.gone ? undefined : { source: { answer: answer.answer }, available: answer.value.available },
  );
}

/** The instances of Uniform scale sets are in no list of a subscription's interfaces (az 2.91), but in their set's own. */
function ownerInScaleSets(placed: Placed, subscription: string, evidence: Evidence): Reading<Nic | undefined> {
  return reading(evidence, scaleSets, subscription).andThen((list) => {
    if (list.gone) return outOfSight(list);
    return Reading.all(list.value.map(({ id }) => reading(evidence, scaleSet, id))).andThen((sets) => {
      const near = sets.flatMap((set) => (set.gone || !mayBeIn(set.value, placed.network) ? [] : [set.value.id]));
      return Reading.all(near.map((id) => reading(evidence, scaleSetInterfaces, id))).andThen((all) => {
        const lists = all.flatMap((one) => (one.gone ? [] : [one]));
        for (const one of lists) {
          const owner = ownerIn(one, placed, evidence);
          if (owner !== undefined) return Reading.known(owner);
        }
        return Reading.all(lists.flatMap((one) => unreadIn(one, evidence))).map(() => undefined);
      });
    });
  });
}

function mayBeIn({ orchestrationMode, virtualMachineProfile }: ScaleSetAnswer, network: string): boolean {
  if (is(orchestrationMode, 'Flexible')) return false;
  const subnets = (virtualMachineProfile?.networkProfile?.networkInterfaceConfigurations ?? []).flatMap(
    ({ ipConfigurations = [] }) => ipConfigurations.map(({ subnet }) => subnet?.id),
  );
  return subnets.length === 0 || subnets.some((id) => id === undefined || isIn(network, id));
}

const isIn = (network: string, subnetId: string): boolean => idKey(subnetId).startsWith(`${idKey(network)}/subnets/`);

type List = Read<readonly { readonly id: string }[]>;
type Owners = ReadonlyMap<string, readonly { readonly nic: Nic; readonly subnetId: string | undefined }[]>;
const owners = new WeakMap<object, Owners>();

function ownerIn(list: List, { ip, network }: Placed, evidence: Evidence): Nic | undefined {
  return addressOwners(evidence, list)
    .get(ip)
    ?.find(({ subnetId }) => subnetId !== undefined && isIn(network, subnetId))?.nic;
}

/** Items of a list that don't fit, and have to be asked for alone: any of them may have the address. */
function unreadIn(list: List, evidence: Evidence): readonly Reading<unknown>[] {
  return list.value.flatMap(({ id }) => {
    const status = evidence.get(askKey({ question: networkInterface, id }))?.status;
    return status === 'read' || status === 'gone' ? [] : [reading(evidence, networkInterface, id)];
  });
}

/** Who has which address, from a list of interfaces, each of which was kept as an answer of its own. */
function addressOwners(evidence: Evidence, list: List): Owners {
  const known = owners.get(list.answer);
  if (known) return known;
  const made = new Map<string, { nic: Nic; subnetId: string | undefined }[]>();
  for (const { id } of list.value) {
    const outcome = evidence.get(askKey({ question: networkInterface, id }));
    if (outcome?.status !== 'read' || !isInterface(outcome.value)) continue;
    const nic = nicFrom({ answer: outcome.answer, value: outcome.value });
    for (const { privateIPAddress: ip, subnetId } of nic.ipConfigurations) {
      if (ip !== undefined) made.set(ip, [...(made.get(ip) ?? []), { nic, subnetId }]);
    }
  }
  if (unreadIn(list, evidence).length === 0) owners.set(list.answer, made);
  return made;
}

/** It was checked against its schema on arrival. */
function isInterface(value: unknown): value is NetworkInterfaceAnswer {
  return typeof value === 'object' && value !== null && 'ipConfigurations' in value;
}
