import type { LoadBalancerAnswer } from '../../schemas/az/load-balancer.generated.ts';
import type { NetworkInterfaceAnswer } from '../../schemas/az/network-interface.generated.ts';
import { idKey, lastSegment, parentId, sameId, scaleSetInstance } from '../az/ids.ts';
import { askKey } from '../evidence/ask.ts';
import { type Evidence, type Read, reading } from '../evidence/evidence.ts';
import { addressAvailability } from '../evidence/questions/address-availability.ts';
import { attachedInterfaces } from '../evidence/questions/attached-interfaces.ts';
import { interfaces } from '../evidence/questions/interfaces.ts';
import { networkInterface } from '../evidence/questions/network-interface.ts';
import { subnet as subnetQuestion } from '../evidence/questions/subnet.ts';
import { Reading } from '../evidence/reading.ts';
import type { Source } from '../evidence/source.ts';
import { instanceReading, machineReading } from './compute.ts';
import { configuredFilter, effectiveFilter } from './filters.ts';
import { unlessGone } from './gone.ts';
import { lazy } from './lazy.ts';
import type { AddressUse, Gone, IpConfiguration, Machine, Member, Nic, Pool, Subnet } from './model.ts';
import { nicFrom, subnetFrom } from './network.ts';

type PoolAnswer = NonNullable<LoadBalancerAnswer['backendAddressPools']>[number];
type AddressAnswer = NonNullable<PoolAnswer['loadBalancerBackendAddresses']>[number];

/** One member as the load balancer's own answer has it. */
export interface Entry {
  readonly source: Source;
  readonly address: AddressAnswer | undefined;
  readonly ipConfigurationId: string | undefined;
}

/** az fills both lists for a NIC pool: their union by IP configuration, never their sum. */
export function entriesOf(pool: PoolAnswer, source: Source): readonly Entry[] {
  const addresses = (pool.loadBalancerBackendAddresses ?? []).map(
    (address, index): Entry => ({
      source: { parent: source, key: 'loadBalancerBackendAddresses', index },
      address,
      ipConfigurationId: address.networkInterfaceIPConfiguration?.id,
    }),
  );
  const known = new Set(addresses.flatMap(({ ipConfigurationId: id }) => (id === undefined ? [] : [idKey(id)])));
  const configurations = (pool.backendIPConfigurations ?? []).flatMap(({ id }, index): readonly Entry[] =>
    known.has(idKey(id))
      ? []
      : [
          {
            source: { parent: source, key: 'backendIPConfigurations', index },
            address: undefined,
            ipConfigurationId: id,
          },
        ],
  );
  return [...addresses, ...configurations];
}

/** A name for each entry, the same from run to run: the interface's, the instance's, or the address's own. */
export function memberNames(entries: readonly Entry[]): readonly string[] {
  const plain = entries.map(({ address, ipConfigurationId: id }) => {
    if (id === undefined) return address?.name ?? address?.ipAddress ?? 'unnamed';
    const instance = scaleSetInstance(id);
    return instance ? `${instance.scaleSet}_${instance.instanceId}` : lastSegment(parentId(id));
  });
  return plain.map((name, at) => {
    if (plain.indexOf(name) === at && plain.lastIndexOf(name) === at) return name;
    const id = entries[at]?.ipConfigurationId;
    return id === undefined ? `${name}/${entries[at]?.address?.ipAddress ?? at}` : `${name}/${lastSegment(id)}`;
  });
}

export interface Surroundings {
  readonly evidence: Evidence;
  readonly loadBalancerId: string;
  readonly subscriptionId: string;
  /** The interface at which a class of equal security groups is asked for what is in force. */
  readonly representative: (member: Member) => string | undefined;
}

export function memberFrom(entry: Entry, name: string, pool: Pool, around: Surroundings): Member {
  const { evidence } = around;
  const { address, ipConfigurationId } = entry;
  const nicId = ipConfigurationId === undefined ? undefined : parentId(ipConfigurationId);
  const nic = lazy(() => (nicId === undefined ? ownerOfAddress(entry, pool, around) : nicReading(around, nicId)));
  const ipConfiguration = lazy(() =>
    nic().map((found) => configurationIn(found, ipConfigurationId, address?.ipAddress)),
  );
  const addressUse = lazy(() => useOf(entry, pool, evidence, nic()));
  const machine = lazy(() => machineOf(evidence, nic(), nicId));
  const subnet = lazy(() => subnetOf(evidence, ipConfiguration(), address?.subnet?.id));
  const configured = lazy(() => configuredFilter(evidence, nic(), subnet()));
  const member: Member = {
    source: entry.source,
    key: `${pool.name}/${name}`,
    name,
    pool,
    ipAddress: address?.ipAddress,
    addressName: address?.name,
    adminState: address?.adminState === 'None' ? undefined : address?.adminState,
    nicId,
    ipConfigurationId,
    networkInterfaceIPConfiguration: {
      source: address ? { parent: entry.source, key: 'networkInterfaceIPConfiguration' } : entry.source,
      id: ipConfigurationId,
    },
    virtualNetworkId: address?.virtualNetwork?.id,
    subnetId: address?.subnet?.id,
    memberFrontendId: address?.loadBalancerFrontendIPConfiguration?.id,
    instance: ipConfigurationId === undefined ? undefined : scaleSetInstance(ipConfigurationId),
    get nic() {
      return nic();
    },
    get addressUse() {
      return addressUse();
    },
    get ipConfiguration() {
      return ipConfiguration();
    },
    get machine() {
      return machine();
    },
    get subnet() {
      return subnet();
    },
    get configuredFilter() {
      return configured();
    },
    get effectiveFilter() {
      const asked = around.representative(member);
      if (asked !== undefined && !scaleSetInstance(asked)) return effectiveFilter(evidence, asked);
      return Reading.missing({
        kind: 'not-supported',
        because:
          asked === undefined
            ? 'security rules in force can only be asked of a running machine'
            : "az has no command for the security rules in force at a Uniform scale set's interface",
      });
    },
  };
  return member;
}

/** From `lb list-nic` where that names it, else by asking for it alone: one that is gone is in no list. */
function nicReading({ evidence, loadBalancerId }: Surroundings, nicId: string): Reading<Nic | Gone> {
  const own = reading(evidence, networkInterface, nicId).map((answer) => unlessGone(answer, nicFrom));
  if (evidence.has(askKey({ question: networkInterface, id: nicId }))) return own;
  // A list that can't be had hides nothing: each interface is asked for instead.
  const list = reading(evidence, attachedInterfaces, loadBalancerId);
  return list.andThen(() => own).orElse(() => own);
}

function configurationIn(
  nic: Nic | Gone | undefined,
  id: string | undefined,
  address: string | undefined,
): IpConfiguration | Gone | undefined {
  if (nic === undefined || nic.gone) return nic;
  return nic.ipConfigurations.find((item) =>
    id === undefined ? item.privateIPAddress === address : sameId(item.id, id),
  );
}

function machineOf(
  evidence: Evidence,
  nic: Reading<Nic | Gone | undefined>,
  nicId: string | undefined,
): Reading<Machine | Gone | undefined> {
  const instance = nicId === undefined ? undefined : scaleSetInstance(nicId);
  if (instance) return instanceReading(evidence, instance, instance.id);
  return nic.andThen((found): Reading<Machine | Gone | undefined> => {
    if (found === undefined || found.gone || found.machineId === undefined) return Reading.known(undefined);
    return machineReading(evidence, found.machineId);
  });
}

function subnetOf(
  evidence: Evidence,
  configuration: Reading<IpConfiguration | Gone | undefined>,
  given: string | undefined,
): Reading<Subnet | Gone | undefined> {
  return configuration.andThen((found): Reading<Subnet | Gone | undefined> => {
    const id = found === undefined || found.gone ? given : (found.subnetId ?? given);
    if (id === undefined) return Reading.known(undefined);
    return reading(evidence, subnetQuestion, id).map((answer) => unlessGone(answer, subnetFrom));
  });
}

/** An IP-based member's interface: the one with that address in the pool's virtual network. */
function ownerOfAddress(entry: Entry, pool: Pool, around: Surroundings): Reading<Nic | Gone | undefined> {
  const ip = entry.address?.ipAddress;
  const network = networkOf(entry, pool);
  if (ip === undefined || network === undefined) return Reading.known(undefined);
  const subscription = `/subscriptions/${network.split('/')[2] ?? around.subscriptionId}`;
  return reading(around.evidence, interfaces, subscription).andThen((answer): Reading<Nic | Gone | undefined> => {
    if (answer.gone)
      return Reading.missing({ kind: 'not-found', because: answer.refusal.error, command: answer.refusal.command });
    const inNetwork = (id: string | undefined) => id?.toLowerCase().startsWith(`${idKey(network)}/subnets/`) ?? false;
    const owner = addressOwners(around.evidence, answer)
      .get(ip)
      ?.find(({ subnetId }) => inNetwork(subnetId));
    return Reading.known(owner?.nic);
  });
}

function networkOf({ address }: Entry, pool: Pool): string | undefined {
  return address?.virtualNetwork?.id ?? pool.virtualNetworkId ?? address?.subnet?.id.split(/\/subnets\//i)[0];
}

function useOf(
  entry: Entry,
  pool: Pool,
  evidence: Evidence,
  nic: Reading<Nic | Gone | undefined>,
): Reading<AddressUse | undefined> {
  const ip = entry.address?.ipAddress;
  const network = networkOf(entry, pool);
  if (entry.ipConfigurationId !== undefined || ip === undefined || network === undefined)
    return Reading.known(undefined);
  return nic.andThen((owner): Reading<AddressUse | undefined> => {
    if (owner !== undefined) return Reading.known(undefined);
    return reading(evidence, addressAvailability, `${network}/ipAddresses/${ip}`).map((answer) =>
      answer.gone ? undefined : { source: { answer: answer.answer }, available: answer.value.available },
    );
  });
}

type Owners = ReadonlyMap<string, readonly { readonly nic: Nic; readonly subnetId: string | undefined }[]>;
const owners = new WeakMap<object, Owners>();

/** Who has which address, from a subscription's interfaces, each of which was kept as an answer of its own. */
function addressOwners(evidence: Evidence, list: Read<readonly { readonly id: string }[]>): Owners {
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
  owners.set(list.answer, made);
  return made;
}

/** It was checked against its schema on arrival. */
function isInterface(value: unknown): value is NetworkInterfaceAnswer {
  return typeof value === 'object' && value !== null && 'ipConfigurations' in value;
}
