import type { LoadBalancerAnswer } from '../../schemas/az/load-balancer.generated.ts';
import type { NetworkInterfaceAnswer } from '../../schemas/az/network-interface.generated.ts';
import { idKey, lastSegment, parentId, sameId, scaleSetInstance } from '../az/ids.ts';
import { askKey } from '../evidence/ask.ts';
import { type Evidence, type Read, reading } from '../evidence/evidence.ts';
import { addressAvailability } from '../evidence/questions/address-availability.ts';
import { attachedInterfaces } from '../evidence/questions/attached-interfaces.ts';
import { interfaces } from '../evidence/questions/interfaces.ts';
import { networkInterface } from '../evidence/questions/network-interface.ts';
import { Reading } from '../evidence/reading.ts';
import type { Source } from '../evidence/source.ts';
import { instanceReading, machineReading } from './compute.ts';
import { configuredFilter } from './configured-filter.ts';
import type { AddressUse, Gone, IpConfiguration, Machine, Member, Nic, Pool, Subnet } from './model.ts';
import { nicFrom } from './network.ts';
import type { SharedParts } from './shared-parts.ts';

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
  readonly parts: SharedParts;
  readonly loadBalancerId: string;
  readonly subscriptionId: string;
  /** The interface at which a class of equal security groups is asked for what is in force. */
  readonly representative: (member: Member) => string | undefined;
}

/** What the load balancer's answer says of a member; the rest is looked up in the evidence when it is first asked for. */
export class JoinedMember implements Member {
  readonly source: Source;
  readonly key: string;
  readonly name: string;
  readonly pool: Pool;
  readonly ipAddress: string | undefined;
  readonly addressName: string | undefined;
  readonly adminState: string | undefined;
  readonly nicId: string | undefined;
  readonly ipConfigurationId: string | undefined;
  readonly networkInterfaceIPConfiguration: Member['networkInterfaceIPConfiguration'];
  readonly virtualNetworkId: string | undefined;
  readonly subnetId: string | undefined;
  readonly memberFrontendId: string | undefined;
  readonly instance: Member['instance'];
  readonly #entry: Entry;
  readonly #around: Surroundings;
  #nic: Member['nic'] | undefined;
  #addressUse: Member['addressUse'] | undefined;
  #ipConfiguration: Member['ipConfiguration'] | undefined;
  #machine: Member['machine'] | undefined;
  #subnet: Member['subnet'] | undefined;
  #configuredFilter: Member['configuredFilter'] | undefined;
  #effectiveFilter: Member['effectiveFilter'] | undefined;

  constructor(entry: Entry, name: string, pool: Pool, around: Surroundings) {
    const { source, address, ipConfigurationId } = entry;
    this.source = source;
    this.key = `${pool.name}/${name}`;
    this.name = name;
    this.pool = pool;
    this.ipAddress = address?.ipAddress;
    this.addressName = address?.name;
    this.adminState = address?.adminState === 'None' ? undefined : address?.adminState;
    this.nicId = ipConfigurationId === undefined ? undefined : parentId(ipConfigurationId);
    this.ipConfigurationId = ipConfigurationId;
    this.networkInterfaceIPConfiguration = {
      source: address ? { parent: source, key: 'networkInterfaceIPConfiguration' } : source,
      id: ipConfigurationId,
    };
    this.virtualNetworkId = address?.virtualNetwork?.id;
    this.subnetId = address?.subnet?.id;
    this.memberFrontendId = address?.loadBalancerFrontendIPConfiguration?.id;
    this.instance = ipConfigurationId === undefined ? undefined : scaleSetInstance(ipConfigurationId);
    this.#entry = entry;
    this.#around = around;
  }

  get nic(): Member['nic'] {
    this.#nic ??=
      this.nicId === undefined
        ? ownerOfAddress(this.#entry, this.pool, this.#around)
        : nicReading(this.#around, this.nicId);
    return this.#nic;
  }

  get addressUse(): Member['addressUse'] {
    this.#addressUse ??= useOf(this.#entry, this.pool, this.#around.evidence, this.nic);
    return this.#addressUse;
  }

  get ipConfiguration(): Member['ipConfiguration'] {
    this.#ipConfiguration ??= this.nic.map((found) => configurationIn(found, this.ipConfigurationId, this.ipAddress));
    return this.#ipConfiguration;
  }

  get machine(): Member['machine'] {
    this.#machine ??= machineOf(this.#around.evidence, this.nic, this.nicId);
    return this.#machine;
  }

  get subnet(): Member['subnet'] {
    this.#subnet ??= subnetOf(this.#around.parts, this.ipConfiguration, this.subnetId);
    return this.#subnet;
  }

  get configuredFilter(): Member['configuredFilter'] {
    this.#configuredFilter ??= configuredFilter(this.#around.parts, this.nic, this.subnet);
    return this.#configuredFilter;
  }

  get effectiveFilter(): Member['effectiveFilter'] {
    this.#effectiveFilter ??= filterInForceAt(this.#around.parts, this.#around.representative(this));
    return this.#effectiveFilter;
  }
}

function filterInForceAt(parts: SharedParts, representative: string | undefined): Member['effectiveFilter'] {
  if (representative !== undefined && !scaleSetInstance(representative)) {
    return parts.effectiveFilter(representative);
  }
  return Reading.missing({
    kind: 'not-supported',
    because:
      representative === undefined
        ? 'security rules in force can only be asked of a running machine'
        : "az has no command for the security rules in force at a Uniform scale set's interface",
  });
}

/** From `lb list-nic` where that names it, else by asking for it alone: one that is gone is in no list. */
function nicReading({ evidence, parts, loadBalancerId }: Surroundings, nicId: string): Reading<Nic | Gone> {
  const own = parts.nic(nicId);
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
  parts: SharedParts,
  configuration: Reading<IpConfiguration | Gone | undefined>,
  given: string | undefined,
): Reading<Subnet | Gone | undefined> {
  return configuration.andThen((found): Reading<Subnet | Gone | undefined> => {
    const id = found === undefined || found.gone ? given : (found.subnetId ?? given);
    if (id === undefined) return Reading.known(undefined);
    return parts.subnet(id);
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
