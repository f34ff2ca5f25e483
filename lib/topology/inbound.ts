import { knownOr } from '../evidence/open.ts';
import type { Reading } from '../evidence/reading.ts';
import { addressFamily } from '../network/address.ts';
import { isProbeSource } from '../network/endpoint.ts';
import { type Admission, evaluateSecurity } from '../network/evaluate-security.ts';
import { type Flow, tellMachinesApart } from '../network/security-rules.ts';
import { addressOf } from './address.ts';
import type { BalancingRule, InboundFilter, IpConfiguration, Member, Probe, SecurityRule } from './model.ts';
import { once } from './once.ts';

/** Whether a flow reaches a member, and the rules that say so. */
export interface Path {
  readonly flow: Flow;
  readonly filter: InboundFilter;
  readonly admission: Admission<SecurityRule>;
}

function configurationOf(member: Member): IpConfiguration | undefined {
  const found = knownOr(member.ipConfiguration, undefined);
  return found?.gone ? undefined : found;
}

function destinationOf(member: Member): Flow['destination'] {
  const configuration = configurationOf(member);
  return {
    kind: 'address',
    address: addressOf(member) ?? '',
    inVirtualNetwork: true,
    applicationSecurityGroups: configuration?.applicationSecurityGroupIds,
  };
}

// Several rules ask for the same path, and a load balancer has many members behind the same groups.
const knownPaths = new WeakMap<InboundFilter, Map<string, Path>>();
const tellApart = new WeakMap<InboundFilter, boolean>();

/** The path of one member stands for all those that the filter's rules can't tell from it. */
export function pathThrough(
  filter: InboundFilter,
  member: Member,
  flow: Omit<Flow, 'direction' | 'destination'>,
): Path {
  const paths = once(knownPaths, filter, () => new Map<string, Path>());
  const key = `${flow.protocol} ${flow.source.kind} ${flow.destinationPort} ${classOf(member, filter)}`;
  const known = paths.get(key);
  if (known !== undefined) return known;
  const inbound: Flow = { ...flow, direction: 'Inbound', destination: destinationOf(member) };
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

/** The probe is TCP whatever the balancing rule's protocol, and comes from Azure's own address. */
export function probeFlow(probe: Probe): Omit<Flow, 'direction' | 'destination'> {
  return { protocol: 'Tcp', source: { kind: 'probe' }, destinationPort: probe.port };
}

/**
 * A client's packet as the machine sees it: from the client's own address, to the backend port (with floating IP that is
 * the frontend's; with HA ports, 0, any). The tag VirtualNetwork stands for the clients of an internal frontend.
 */
export function clientFlow(rule: BalancingRule): Omit<Flow, 'direction' | 'destination'> {
  const { protocol, frontend, frontendPort, backendPort, enableFloatingIP } = rule;
  const port = enableFloatingIP === true ? frontendPort : (backendPort ?? frontendPort);
  return {
    // HA ports carry every protocol: TCP stands for them. QUIC runs over UDP.
    protocol: /^(udp|quic)$/i.test(protocol) ? 'Udp' : 'Tcp',
    source: { kind: frontend?.kind === 'public' ? 'internet' : 'virtual-network' },
    destinationPort: port === 0 ? 'any' : port,
  };
}

/** By the groups as configured; where these leave it open, by the rules in force. That these can't be had is then a gap. */
export function pathTo(member: Member, flow: Omit<Flow, 'direction' | 'destination'>): Reading<Path> {
  return member.configuredFilter.andThen((filter) => {
    const configured = pathThrough(filter, member, flow);
    const asConfigured = member.configuredFilter.map(() => configured);
    if (configured.admission.certain) return asConfigured;
    return member.effectiveFilter.map((inForce) => pathThrough(inForce, member, flow));
  });
}
