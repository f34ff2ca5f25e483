import { knownOr } from '../evidence/open.ts';
import type { Reading } from '../evidence/reading.ts';
import { type Admission, evaluateSecurity } from '../network/evaluate-security.ts';
import type { Flow } from '../network/security-rules.ts';
import { addressOf } from './address.ts';
import type { BalancingRule, InboundFilter, IpConfiguration, Member, Probe, SecurityRule } from './model.ts';

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

export function pathThrough(
  filter: InboundFilter,
  member: Member,
  flow: Omit<Flow, 'direction' | 'destination'>,
): Path {
  const destination = destinationOf(member);
  const inbound: Flow = { ...flow, direction: 'Inbound', destination };
  return { flow: inbound, filter, admission: evaluateSecurity(filter, inbound) };
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
