import type { Reading } from '../evidence/reading.ts';
import { type Admission, evaluateSecurity } from '../network/evaluate-security.ts';
import type { Flow } from '../network/security-rules.ts';
import { addressOf } from './address.ts';
import type { InboundFilter, IpConfiguration, Member, Probe, SecurityRule } from './model.ts';
import { knownOr } from '../evidence/open.ts';

/** Whether a flow reaches a member, and the rules that say so. */
export interface Path {
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

export function pathThrough(filter: InboundFilter, member: Member, flow: Omit<Flow, 'direction' | 'destination'>): Path {
  const destination = destinationOf(member);
  return { filter, admission: evaluateSecurity(filter, { ...flow, direction: 'Inbound', destination }) };
}

/** The probe is TCP whatever the balancing rule's protocol, and comes from Azure's own address. */
export function probeFlow(probe: Probe): Omit<Flow, 'direction' | 'destination'> {
  return { protocol: 'Tcp', source: { kind: 'probe' }, destinationPort: probe.port };
}

/** By the groups as configured; where these leave it open, by the rules in force if they can be had. */
export function pathTo(member: Member, flow: Omit<Flow, 'direction' | 'destination'>): Reading<Path> {
  return member.configuredFilter.andThen((filter) => {
    const configured = pathThrough(filter, member, flow);
    const asConfigured = member.configuredFilter.map(() => configured);
    if (configured.admission.certain) return asConfigured;
    return member.effectiveFilter.map((inForce) => pathThrough(inForce, member, flow)).orElse(() => asConfigured);
  });
}
