import { knownOr, open } from '../evidence/open.ts';
import { Reading } from '../evidence/reading.ts';
import { addressFamily, probeSource, probeSourceIPv6 } from '../network/address.ts';
import { isProbeSource } from '../network/endpoint.ts';
import { type Admission, evaluateSecurity } from '../network/evaluate-security.ts';
import { type Flow, tellMachinesApart } from '../network/security-rules.ts';
import { addressOf } from './address.ts';
import { present } from './gone.ts';
import type { BalancingRule, Frontend, InboundFilter, IpConfiguration, Member, Probe, SecurityRule } from './model.ts';
import { once } from './once.ts';

/** Whether a flow reaches a member, and the rules that say so. */
export interface InboundPath {
  readonly flow: Flow;
  readonly filter: InboundFilter;
  readonly admission: Admission<SecurityRule>;
}

function configurationOf(member: Member): IpConfiguration | undefined {
  const found = knownOr(member.ipConfiguration, undefined);
  return present(found);
}

/** A flow towards a member: to its own address, unless it says another. */
export type InboundFlow = Omit<Flow, 'direction' | 'destination'> & {
  readonly destination?: Flow['destination'] | undefined;
};

function addressAt(member: Member): Flow['destination'] {
  const configuration = configurationOf(member);
  return {
    kind: 'address',
    address: addressOf(member) ?? '',
    inVirtualNetwork: true,
    applicationSecurityGroups: configuration?.applicationSecurityGroupIds,
  };
}

// Several rules ask for the same path, and a load balancer has many members behind the same groups.
const knownPaths = new WeakMap<InboundFilter, Map<string, InboundPath>>();
const tellApart = new WeakMap<InboundFilter, boolean>();

/** The path of one member stands for all those that the filter's rules can't tell from it. */
export function pathThrough(filter: InboundFilter, member: Member, flow: InboundFlow): InboundPath {
  const { protocol, source, destinationPort, destination = addressAt(member) } = flow;
  const paths = once(knownPaths, filter, () => new Map<string, InboundPath>());
  const towards = flow.destination === undefined ? classOf(member, filter) : JSON.stringify(destination);
  const key = `${protocol} ${source.kind} ${destinationPort} ${towards}`;
  const known = paths.get(key);
  if (known !== undefined) return known;
  const inbound: Flow = { protocol, source, destinationPort, destination, direction: 'Inbound' };
  const path = { flow: inbound, filter, admission: evaluateSecurity(filter, inbound) };
  paths.set(key, path);
  return path;
}

/** Equal for members that the filter's rules can't tell apart: for most filters all those of one address family. */
function classOf(member: Member, filter: InboundFilter): string {
  const address = addressOf(member) ?? '';
  const { networkManager = [], subnet = [], nic = [] } = filter;
  const isOneClass = !once(tellApart, filter, () => [networkManager, subnet, nic].some(tellMachinesApart));
  if (isOneClass && !isProbeSource(address)) return String(addressFamily(address));
  return `${address} ${configurationOf(member)?.applicationSecurityGroupIds ?? 'unknown'}`;
}

/** Where the probes of a member come from: IPv6 ones from the link's own address. */
export function probeSourceOf(member: Member): string {
  return addressFamily(addressOf(member) ?? '') === 6 ? probeSourceIPv6 : probeSource;
}

/** The probe is TCP whatever the balancing rule's protocol, comes from Azure's own address, and goes to the member's own. */
export function probeFlow(probe: Probe): InboundFlow {
  return { protocol: 'Tcp', source: { kind: 'probe' }, destinationPort: probe.port };
}

/**
 * A client's packet as the security groups see it: from the client's own address, to the backend port (with HA ports, 0,
 * any) of the member's address, or with floating IP of the frontend's (load-balancer-floating-ip; so does
 * cloud-provider-azure open it). The tag VirtualNetwork stands for the clients of an internal frontend.
 */
export function clientFlow(rule: BalancingRule): InboundFlow {
  const { protocol, frontend, frontendPort, backendPort, enableFloatingIP } = rule;
  const port = backendPort ?? frontendPort;
  return {
    // HA ports carry every protocol: TCP stands for them. QUIC runs over UDP.
    protocol: /^(udp|quic)$/i.test(protocol) ? 'Udp' : 'Tcp',
    source: { kind: frontend?.kind === 'public' ? 'internet' : 'virtual-network' },
    destinationPort: port === 0 ? 'any' : port,
    ...(enableFloatingIP === true && frontend && { destination: addressOfFrontend(frontend, rule.members) }),
  };
}

/** No application security group holds it: these are of network interfaces. */
function addressOfFrontend(frontend: Frontend, [member]: readonly Member[]): Flow['destination'] {
  return {
    kind: 'address',
    address: knownOr(frontend.address, ''),
    family: addressFamily((member && addressOf(member)) ?? '') ?? undefined,
    inVirtualNetwork: frontend.kind === 'internal',
    applicationSecurityGroups: [],
  };
}

/**
 * The filter by which to judge the clients of a balancing rule at a member. With floating IP their destination is the
 * frontend's address: it is asked for where the filter's rules can't be judged without, and a gap where it can't be had.
 */
export function judgeable(filter: InboundFilter, member: Member, rule: BalancingRule): Reading<InboundFilter> {
  const { frontend } = rule;
  const flow = clientFlow(rule);
  if (frontend === undefined || flow.destination === undefined) return Reading.known(filter);
  return pathThrough(filter, member, flow).admission.certain
    ? Reading.known(filter)
    : frontend.address.map(() => filter);
}

/** The rules in force, where something has asked for them: nothing is asked for this alone. */
export function inForceIfRead(member: Member): InboundFilter | undefined {
  return knownOr(member.effectiveFilter, undefined);
}

/**
 * What decides about a flow: the groups as configured, which a person knows and can change, or the rules in force where
 * these were read and say otherwise, or where the configured ones can't be had.
 */
function filterFor(member: Member, flow: InboundFlow): Reading<InboundFilter> {
  return member.configuredFilter
    .map((configured) => {
      const inForce = inForceIfRead(member);
      if (inForce === undefined) return configured;
      const [said, done] = [configured, inForce].map((filter) => pathThrough(filter, member, flow).admission);
      const isOtherwise = !said?.certain || said.access !== done?.access;
      return done?.certain && isOtherwise ? inForce : configured;
    })
    .orElse(() => (isGone(member.configuredFilter) ? member.configuredFilter : inForceInstead(member)));
}

const inForceInstead = (member: Member): Reading<InboundFilter> =>
  member.effectiveFilter.orElse(() => member.configuredFilter);

/** A group that something uses and Azure does not find is a contradiction, which nothing else settles. */
function isGone(reading: Reading<InboundFilter>): boolean {
  const state = open(reading);
  return 'gaps' in state && state.gaps.some(({ kind }) => kind === 'not-found');
}

/** The filter by which the clients of a balancing rule are judged at a member, where that can be told. */
export function filterOfClients(member: Member, rule: BalancingRule): Reading<InboundFilter> {
  const flow = clientFlow(rule);
  const isOpen = (filter: InboundFilter) => dependsOnGroup(pathThrough(filter, member, flow));
  return filterFor(member, flow)
    .andThen((filter) => judgeable(filter, member, rule))
    .andThen((filter) => (isOpen(filter) ? member.effectiveFilter : Reading.known(filter)))
    .andThen((filter) => (isOpen(filter) ? prefixesOfGroup : Reading.known(filter)));
}

const prefixesOfGroup = Reading.missing({
  kind: 'undecided',
  because:
    'a security rule for an application security group decides, which may hold address prefixes (preview) that az does not print',
});

/** Whether a rule for an application security group leaves open if the flow is let in. */
function dependsOnGroup({ admission }: InboundPath): boolean {
  return admission.stages.some(({ undecided }) => undecided.some(({ rule }) => rule !== null && isForGroup(rule)));
}

/** What is in force prints the addresses of a group's interfaces in its place: none for an empty one. */
function isForGroup(rule: SecurityRule): boolean {
  const { destinationApplicationSecurityGroups: groups, destinationAddressPrefix: one } = rule;
  return (groups ?? []).length > 0 || (!one && (rule.destinationAddressPrefixes ?? []).length === 0);
}

/** Where the groups as configured leave it open, by the rules in force. That these can't be had is then a gap. */
export function pathTo(member: Member, flow: InboundFlow): Reading<InboundPath> {
  return filterFor(member, flow).andThen((filter) => {
    const path = pathThrough(filter, member, flow);
    if (path.admission.certain) return Reading.known(path);
    return member.effectiveFilter.map((inForce) => pathThrough(inForce, member, flow));
  });
}
