import type { Refusal } from '../evidence/evidence.ts';
import type { Citation } from '../evidence/fact.ts';
import type { Reading } from '../evidence/reading.ts';
import type { Cited } from '../evidence/source.ts';
import type { Family } from '../network/address.ts';
import type { SecurityRuleLike } from '../network/security-rule.ts';

/** The evidence about one load balancer, joined. Read-only; a field that is a `Reading` may be missing. */
export interface Topology {
  readonly loadBalancer: LoadBalancer;
}

/** Who writes a load balancer's configuration, and so whose remedy a fix must be. */
export type Owner = 'user' | 'aks' | 'kubernetes' | 'aro' | 'managed-application' | 'platform';

export interface LoadBalancer extends Cited {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  readonly location: string;
  readonly sku: string;
  readonly tier: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly provisioningState: string | undefined;
  /** As far as is known: what manages its group decides where that was read. */
  readonly owner: Owner;
  readonly group: Reading<ResourceGroup | Gone>;
  /** The id of what manages its group, where that was read: a managed cluster, a managed application, … */
  readonly managedBy: string | undefined;
  /** The AKS cluster that manages its group; undefined where none does, or it can't be read. */
  readonly cluster: Reading<Cluster | undefined>;
  /** Set when a child write at the older API would drop a field that this load balancer uses. */
  readonly hasNewerFields: boolean;
  readonly frontends: readonly Frontend[];
  readonly pools: readonly Pool[];
  readonly probes: readonly Probe[];
  readonly balancingRules: readonly BalancingRule[];
  readonly natRules: readonly NatRule[];
  readonly natPools: readonly NatRule[];
  readonly outboundRules: readonly OutboundRule[];
  /** Whether there are rules for its kind (SKU, tier, mode). */
  readonly isFamiliar: boolean;
  /** Why it is not known what it is made of: parts that do not refer to one another both ways alike, or of an unknown kind. */
  readonly disagreements: readonly Reading<never>[];
}

export interface ResourceGroup extends Cited {
  readonly gone?: undefined;
  readonly id: string;
  readonly name: string;
  /** The resource that manages it; undefined for a user's own group. */
  readonly managedBy: string | undefined;
}

/** An AKS cluster: it is stopped as a whole, or some of its node pools are. */
export interface Cluster {
  readonly id: string;
  readonly isStopped: boolean;
  readonly nodePools: readonly { readonly name: string; readonly isStopped: boolean }[];
}

export interface Frontend extends Cited {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'internal';
  readonly privateIPAddress: string | undefined;
  readonly privateIPAddressVersion: string | undefined;
  readonly zones: readonly string[] | undefined;
  readonly publicIPId: string | undefined;
  /** Its own address, or its public IP's: what its clients send to. */
  readonly address: Reading<string>;
  readonly subnetId: string | undefined;
  readonly subnet: Reading<Subnet | Gone> | undefined;
  /** Those of its subscription whose traffic comes in here. */
  readonly privateLinkServices: Reading<readonly PrivateLinkService[]>;
}

export interface PrivateLinkService extends Cited {
  readonly id: string;
  readonly name: string;
  readonly enableProxyProtocol: boolean | undefined;
}

export interface Probe extends Cited {
  readonly id: string;
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
  readonly intervalInSeconds: number | undefined;
  /** Ignored by the platform, which goes by probeThreshold. */
  readonly numberOfProbes: number | undefined;
  readonly probeThreshold: number | undefined;
  readonly requestPath: string | undefined;
  readonly noHealthyBackendsBehavior: string | undefined;
  readonly provisioningState: string | undefined;
  readonly balancingRules: readonly BalancingRule[];
}

export interface BalancingRule extends Cited {
  readonly loadBalancer: LoadBalancer;
  readonly id: string;
  readonly name: string;
  readonly protocol: string;
  readonly frontendPort: number;
  readonly backendPort: number | undefined;
  readonly enableFloatingIP: boolean | undefined;
  readonly enableTcpReset: boolean | undefined;
  readonly disableOutboundSnat: boolean | undefined;
  readonly idleTimeoutInMinutes: number | undefined;
  readonly loadDistribution: string | undefined;
  readonly provisioningState: string | undefined;
  readonly frontendId: string | undefined;
  readonly frontend: Frontend | undefined;
  readonly probeId: string | undefined;
  readonly probe: Probe | undefined;
  /** Distinct, from both the singular and the plural field; those that are no child of this load balancer are left out. */
  readonly poolIds: readonly string[];
  readonly pools: readonly Pool[];
  readonly members: readonly Member[];
  /** Whether Azure measures health for it: it has a probe (or is Global, where the probe is automatic) and is no Gateway. */
  readonly measured: boolean;
  /** Health with reason codes; a Reader is refused. */
  readonly reasons: Reading<Health>;
  /** The same, where nothing in it contradicts the rest. */
  readonly agreedReasons: Reading<Health>;
  /** Health with reason codes, or where it can't be had from the availability metric. */
  readonly health: Reading<Health>;
}

export interface Health {
  readonly source: 'platform' | 'metric';
  readonly members: ReadonlyMap<Member, MemberHealth>;
  /** Azure's own counts, which say Up of members that are only forced up; a metric has none. */
  readonly counts: HealthCounts | undefined;
  /** What in Azure's answer can't be so, as it goes on from "Azure's health answer": then it shows nobody to be up. */
  readonly contradictions: readonly string[];
}

export interface HealthCounts extends Cited {
  readonly up: number;
  readonly down: number;
}

export type Reachable = 'up' | 'down' | 'unknown';

export interface MemberHealth extends Cited {
  /** What Azure reports, as it spells it: `Up`, `Down`; of a metric its last average. */
  readonly state: string;
  readonly reason: string | undefined;
  /** What is so: forced up, or up by an administrator, is not up. */
  readonly really: Reachable;
}

export interface Pool extends Cited {
  readonly id: string;
  readonly name: string;
  /** How its members are named: by network interface, by address, or not at all. */
  readonly kind: 'nic' | 'ip' | 'frontend' | 'empty';
  readonly syncMode: string | undefined;
  readonly provisioningState: string | undefined;
  readonly virtualNetworkId: string | undefined;
  /** Names, as the load balancer lists them. */
  readonly loadBalancerBackendAddresses: readonly string[] | undefined;
  /** Ids, as the load balancer lists them. */
  readonly backendIPConfigurations: readonly string[] | undefined;
  readonly members: readonly Member[];
  readonly balancingRules: readonly BalancingRule[];
  readonly natRules: readonly NatRule[];
  readonly outboundRules: readonly OutboundRule[];
  /** The scale sets that its members belong to, as far as the members' machines are known. */
  readonly scaleSets: readonly ScaleSetInPool[];
  /** Of a pool with nobody in it, the scale sets that may belong there. */
  readonly scaleSetsAround: Reading<readonly ScaleSet[]>;
}

export interface ScaleSetInPool {
  readonly id: string;
  readonly name: string;
  readonly pool: Pool;
  readonly members: readonly Member[];
  readonly set: Reading<ScaleSet | Gone>;
}

export interface Member extends Cited {
  /** `pool/name`, stable from run to run: it comes from the load balancer's own answer. */
  readonly key: string;
  readonly name: string;
  readonly pool: Pool;
  /** The address, where the load balancer itself says it. */
  readonly ipAddress: string | undefined;
  /** Of its entry in the pool's list of addresses: what commands on one address call it. */
  readonly addressName: string | undefined;
  /** `Up`, `Down`, or undefined for None. */
  readonly adminState: string | undefined;
  readonly nicId: string | undefined;
  readonly ipConfigurationId: string | undefined;
  /** The same, where the load balancer says it. */
  readonly networkInterfaceIPConfiguration: Reference;
  readonly virtualNetworkId: string | undefined;
  readonly subnetId: string | undefined;
  /** The regional frontend that is a member of a Global load balancer. */
  readonly memberFrontendId: string | undefined;
  readonly instance: Instance | undefined;
  /** Undefined inside: no interface has that address, as far as `az network nic list` shows. */
  readonly nic: Reading<Nic | Gone | undefined>;
  /** Of an address that no interface has, what its virtual network says; undefined inside for every other member. */
  readonly addressUse: Reading<AddressUse | undefined>;
  readonly ipConfiguration: Reading<IpConfiguration | Gone | undefined>;
  /** Undefined inside: the interface is attached to no machine. */
  readonly machine: Reading<Machine | Gone | undefined>;
  readonly subnet: Reading<Subnet | Gone | undefined>;
  /** The security groups on its way in, as configured. */
  readonly configuredFilter: Reading<InboundFilter>;
  /** As in force, security admin rules included; one interface of each class of equal groups is asked. */
  readonly effectiveFilter: Reading<InboundFilter>;
  readonly outward: Outward;
}

/** What decides by which address a member's machine goes out, besides its interface and subnet. Only plans ask for it. */
export interface Outward {
  /** The routes of its subnet's own table; none where it has no table. */
  readonly ownRoutes: Reading<readonly Route[]>;
  /** Whether a gateway can announce routes to its network. */
  readonly learnsRoutes: Reading<boolean>;
  readonly routesInForce: Reading<readonly Route[]>;
  /** Of its subnet's NAT gateway: `Standard`, `StandardV2`; undefined where there is none. */
  readonly natGatewaySku: Reading<string | undefined>;
  /** What load balancers do for what leaves by the pools that its interface is in, theirs and others'. */
  readonly pools: Reading<readonly OutwardPool[]>;
}

export interface Route {
  readonly prefixes: readonly string[];
  /** `Internet`, `VirtualAppliance`, `VirtualNetworkGateway`, `None`, … */
  readonly nextHopType: string;
  readonly nextHops: readonly string[];
}

/** A pool as the way out of those in it. */
export interface OutwardPool {
  readonly id: string;
  readonly sku: string;
  readonly family: Family;
  /** Names of the outbound rules that are for it. */
  readonly outboundRules: readonly string[];
  /** Names of public balancing rules that translate what goes out as well. */
  readonly translatingRules: readonly string[];
}

export interface AddressUse extends Cited {
  readonly available: boolean;
}

export interface Instance {
  readonly scaleSetId: string;
  readonly scaleSet: string;
  readonly instanceId: string;
}

export interface Nic extends Cited {
  readonly gone?: undefined;
  readonly id: string;
  readonly name: string;
  readonly primary: boolean | undefined;
  readonly provisioningState: string | undefined;
  /** It passes on what is not for itself: a network appliance. */
  readonly enableIPForwarding: boolean | undefined;
  readonly machineId: string | undefined;
  readonly virtualMachine: Reference;
  readonly securityGroupId: string | undefined;
  readonly networkSecurityGroup: Reference;
  readonly privateEndpointId: string | undefined;
  readonly privateLinkServiceId: string | undefined;
  readonly ipConfigurations: readonly IpConfiguration[];
}

export interface IpConfiguration extends Cited {
  readonly gone?: undefined;
  readonly id: string;
  readonly name: string;
  readonly primary: boolean | undefined;
  readonly privateIPAddress: string | undefined;
  readonly privateIPAddressVersion: string | undefined;
  readonly subnetId: string | undefined;
  readonly publicIPId: string | undefined;
  /** Ids of the pools that it joins. */
  readonly loadBalancerBackendAddressPools: readonly string[];
  readonly applicationSecurityGroupIds: readonly string[];
}

export interface Machine extends Cited {
  readonly gone?: undefined;
  readonly id: string;
  readonly name: string;
  /** `running`, `deallocated`, `stopped`, … ; undefined when the answer has no power state. */
  readonly powerState: string | undefined;
  readonly power: PowerStatus | undefined;
  readonly provisioningState: string | undefined;
  /** `Linux` or `Windows`. */
  readonly osType: string | undefined;
  /** What the guest agent says of itself. */
  readonly agent: AgentStatus | undefined;
  readonly priority: string | undefined;
  readonly zones: readonly string[] | undefined;
  readonly zone: string | undefined;
  readonly scaleSetId: string | undefined;
  readonly availabilitySetId: string | undefined;
  readonly nicIds: readonly string[];
  readonly instance: Instance | undefined;
  readonly latestModelApplied: boolean | undefined;
}

export interface AgentStatus extends Cited {
  readonly displayStatus: string;
}

export interface PowerStatus extends Cited {
  readonly code: string;
}

export interface ScaleSet extends Cited {
  readonly gone?: undefined;
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly orchestrationMode: string | undefined;
  readonly upgradePolicy: string | undefined;
  /** How many instances it is to have, as it says itself. */
  readonly capacity: number | undefined;
  readonly provisioningState: string | undefined;
  readonly healthProbeId: string | undefined;
  /** What each new instance's interfaces are made of; none where a Flexible set has no model. */
  readonly modelConfigurations: readonly ModelConfiguration[];
  readonly instances: readonly Machine[];
}

/** An IP configuration of a scale set's model. */
export interface ModelConfiguration extends Cited {
  readonly name: string;
  /** Of both the interface and the configuration in it. */
  readonly isPrimary: boolean;
  /** Positions in the model, as a change of it names them. */
  readonly nicAt: number;
  readonly at: number;
  /** Ids of the pools that it joins. */
  readonly loadBalancerBackendAddressPools: readonly string[];
}

/** A reference to another resource, which may be absent. */
export interface Reference extends Cited {
  readonly id: string | undefined;
}

export interface Subnet extends Cited {
  readonly gone?: undefined;
  readonly id: string;
  readonly name: string;
  readonly addressPrefix: string | undefined;
  readonly addressPrefixes: readonly string[];
  readonly securityGroupId: string | undefined;
  readonly networkSecurityGroup: Reference;
  readonly natGatewayId: string | undefined;
  readonly routeTableId: string | undefined;
  /** False where Azure lends its machines no address for their way out; absent in subnets from before that could be said. */
  readonly defaultOutboundAccess: boolean | undefined;
  /** Ids of what has an address in it: configurations of interfaces, and of frontends. */
  readonly ipConfigurations: readonly string[];
}

export interface SecurityGroup extends Cited {
  readonly gone?: undefined;
  readonly id: string;
  readonly name: string;
  readonly rules: readonly SecurityRule[];
}

export interface SecurityRule extends Cited, SecurityRuleLike {
  readonly groupId: string;
  readonly groupName: string;
}

export interface InboundFilter {
  readonly source: 'configured' | 'effective';
  readonly networkManager?: readonly SecurityRule[] | undefined;
  readonly subnet?: readonly SecurityRule[] | undefined;
  readonly nic?: readonly SecurityRule[] | undefined;
  readonly subnetGroup?: SecurityGroup | undefined;
  readonly nicGroup?: SecurityGroup | undefined;
}

export interface NatRule extends Cited {
  readonly id: string;
  readonly name: string;
  readonly protocol: string | undefined;
  readonly frontendId: string | undefined;
  readonly frontendPort: number | undefined;
  readonly frontendPortRangeStart: number | undefined;
  readonly frontendPortRangeEnd: number | undefined;
  readonly backendPort: number | undefined;
  readonly poolId: string | undefined;
  readonly ipConfigurationId: string | undefined;
}

export interface OutboundRule extends Cited {
  readonly id: string;
  readonly name: string;
  readonly protocol: string | undefined;
  readonly allocatedOutboundPorts: number | undefined;
  readonly frontendIds: readonly string[];
  readonly poolId: string | undefined;
}

/** A thing that something refers to and that Azure says does not exist. */
export interface Gone {
  readonly gone: true;
  readonly id: string;
  readonly refusal: Refusal;
  /** What shows it, where that is no refusal: a list that lacks it. */
  readonly proof?: Citation;
}
