import type { LoadBalancerAnswer } from '../../schemas/az/load-balancer.generated.ts';
import { idKey, lastSegment, parentId, sameId, scaleSetInstance } from '../azure/ids.ts';
import { is } from '../azure/words.ts';
import { askKey } from '../evidence/ask.ts';
import { type Evidence, reading } from '../evidence/evidence.ts';
import { knownOr } from '../evidence/open.ts';
import { attachedInterfaces } from '../evidence/questions/attached-interfaces.ts';
import { networkInterface } from '../evidence/questions/network-interface.ts';
import { Reading } from '../evidence/reading.ts';
import { placeOf as placeInAnswer, type Source } from '../evidence/source.ts';
import { instanceReading, machineReading } from './compute.ts';
import { configuredFilter } from './configured-filter.ts';
import { contradicted, isThere, outOfSight, present } from './gone.ts';
import type { AddressUse, Gone, IpConfiguration, Machine, Member, Nic, Pool, Subnet } from './model.ts';
import { outwardOf } from './outward.ts';
import { ownerOfAddress, type Placed, placedAs, useOfAddress } from './owner-of-address.ts';
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
export function namesOfEntries(entries: readonly Entry[]): readonly string[] {
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
  readonly #placed: Placed | undefined;
  readonly #around: Surroundings;
  #nic: Member['nic'] | undefined;
  #addressUse: Member['addressUse'] | undefined;
  #ipConfiguration: Member['ipConfiguration'] | undefined;
  #machine: Member['machine'] | undefined;
  #subnet: Member['subnet'] | undefined;
  #configuredFilter: Member['configuredFilter'] | undefined;
  #effectiveFilter: Member['effectiveFilter'] | undefined;
  #outward: Member['outward'] | undefined;

  constructor(entry: Entry, name: string, pool: Pool, around: Surroundings) {
    const { source, address, ipConfigurationId } = entry;
    this.source = source;
    this.key = `${pool.name}/${name}`;
    this.name = name;
    this.pool = pool;
    this.ipAddress = address?.ipAddress;
    this.addressName = address?.name;
    this.adminState = is(address?.adminState, 'None') ? undefined : address?.adminState;
    this.nicId = ipConfigurationId === undefined ? undefined : parentId(ipConfigurationId);
    this.ipConfigurationId = ipConfigurationId;
    this.networkInterfaceIPConfiguration = {
      source: address ? { parent: source, key: 'networkInterfaceIPConfiguration' } : source,
      id: ipConfigurationId,
    };
    this.virtualNetworkId = address?.virtualNetwork?.id;
    this.subnetId = address?.subnet?.id;
    this.memberFrontendId = address?.loadBalancerFrontendIPConfiguration?.id;
    this.#placed = ipConfigurationId === undefined ? placedAs(address, pool) : undefined;
    this.#around = around;
  }

  get instance(): Member['instance'] {
    const nicId = this.nicId ?? knownOr(this.nic, undefined)?.id;
    return nicId === undefined ? undefined : scaleSetInstance(nicId);
  }

  get nic(): Member['nic'] {
    this.#nic ??=
      this.nicId === undefined
        ? ownerOfAddress(this.#placed, this.#around.evidence)
        : nicReading(this.#around, this.nicId);
    return this.#nic;
  }

  get addressUse(): Member['addressUse'] {
    this.#addressUse ??= useOf(this.#placed, this.#around.evidence, this.nic);
    return this.#addressUse;
  }

  get ipConfiguration(): Member['ipConfiguration'] {
    this.#ipConfiguration ??= this.nic.andThen((found) =>
      configurationIn(found, this.ipConfigurationId, this.ipAddress),
    );
    return this.#ipConfiguration;
  }

  get machine(): Member['machine'] {
    this.#machine ??= machineOf(this.#around.evidence, this.nic, this.nicId);
    return this.#machine;
  }

  get subnet(): Member['subnet'] {
    this.#subnet ??= subnetOf(this.#around.parts, this.ipConfiguration, this.subnetId, this.#placed);
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

  get outward(): Member['outward'] {
    this.#outward ??= outwardOf(this, this.#around.evidence);
    return this.#outward;
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
): Reading<IpConfiguration | Gone | undefined> {
  if (!isThere(nic)) return Reading.known(nic);
  const found = nic.ipConfigurations.find((item) =>
    id === undefined ? item.privateIPAddress === address : sameId(item.id, id),
  );
  if (found !== undefined) return Reading.known(found);
  return contradicted(
    `the pool lists ${lastSegment(id ?? '')} of ${nic.name}, and the interface has no such IP configuration`,
    placeInAnswer(nic.source).answer.command,
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
    if (!isThere(found)) return Reading.known(undefined);
    const own = scaleSetInstance(found.id);
    if (own) return instanceReading(evidence, own, own.id);
    if (found.machineId === undefined) return Reading.known(undefined);
    return machineReading(evidence, found.machineId);
  });
}

/** The configuration's, else the one that the pool names, else the one of its virtual network that holds the address. */
function subnetOf(
  parts: SharedParts,
  configuration: Reading<IpConfiguration | Gone | undefined>,
  given: string | undefined,
  placed: Placed | undefined,
): Reading<Subnet | Gone | undefined> {
  return configuration.andThen((found): Reading<Subnet | Gone | undefined> => {
    const own = present(found)?.subnetId;
    if (own !== undefined) return inUse(parts.subnet(own));
    if (given !== undefined) return parts.subnet(given);
    return placed === undefined ? Reading.known(undefined) : parts.subnetHolding(placed);
  });
}

/** Azure deletes no subnet that an interface stands in: it is there, and out of sight. */
function inUse(subnet: Reading<Subnet | Gone>): Reading<Subnet> {
  return subnet.andThen((found) => (found.gone ? outOfSight(found) : Reading.known(found)));
}

/** Of an address that no interface has, what its virtual network says. */
function useOf(
  placed: Placed | undefined,
  evidence: Evidence,
  nic: Reading<Nic | Gone | undefined>,
): Reading<AddressUse | undefined> {
  if (placed === undefined) return Reading.known(undefined);
  const owner = nic.orElse(() => Reading.known(undefined), ['time-up']);
  return owner.andThen((found) =>
    found === undefined ? useOfAddress(placed, evidence) : Reading.known<AddressUse | undefined>(undefined),
  );
}
