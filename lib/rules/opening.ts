import { idKey } from '../azure/ids.ts';
import { joined } from '../steps/joined.ts';
import { lookAtSecurityGroup, notice } from '../steps/looking.ts';
import { allowInbound, type InboundOpening } from '../steps/security-group.ts';
import type { Step } from '../steps/step.ts';
import { clientFlow, pathThrough, probeFlow } from '../topology/inbound.ts';
import type { InboundFilter, LoadBalancer } from '../topology/model.ts';
import type { RuleMember } from '../topology/subjects.ts';
import { byName } from '../words/name-order.ts';
import { destinationOf } from './clients.ts';
import { type Denial, denialsOn } from './denial.ts';

/** What a finding says is shut at one member. */
export interface Shut {
  readonly subject: RuleMember;
  readonly filter: InboundFilter;
  readonly probe: boolean;
  readonly clients: boolean;
}

interface Opening {
  readonly what: 'probe' | 'clients';
  readonly isSaid: boolean;
  readonly groupId: string;
  readonly source: 'AzureLoadBalancer' | 'Internet' | 'VirtualNetwork';
  readonly protocol: InboundOpening['protocol'];
  readonly port: number | '*';
  readonly destination: string;
  readonly deny: Denial;
}

/**
 * Opens all that a finding says is denied, in both groups where both deny: clients first, since a member that is up and
 * shut to its clients takes flows and drops them. What is shut besides keeps its priority free for its own fix.
 */
export function openAll(all: readonly Shut[], loadBalancer: LoadBalancer): readonly Step[] {
  const openings = all.flatMap(openingsOf);
  const groups = new Map<string, Opening[]>();
  for (const opening of openings) {
    const { what, groupId, source, protocol, destination } = opening;
    const key = [idKey(groupId), what === 'probe' ? 0 : 1, source, protocol, destination].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), opening]);
  }
  const ordered = [...groups].sort(([one], [other]) => byName(one, other));
  const places = new Map<string, number>();
  const destinations = [...new Set(loadBalancer.balancingRules.map(destinationOf))].sort(byName);
  const made = ordered.flatMap(([, several]) => {
    const [first] = several;
    if (!first) return [];
    const place = places.get(first.groupId) ?? 0;
    places.set(first.groupId, place + 1);
    // Other frontends of floating IP have fixes of their own: each its priority.
    const skip = place + Math.max(0, destinations.indexOf(first.destination));
    return first.isSaid
      ? [
          {
            what: first.what,
            source: first.source,
            groupId: first.groupId,
            steps: stepsOf(several, skip, loadBalancer),
          },
        ]
      : [];
  });
  const clientsFirst = [
    ...made.filter(({ what }) => what === 'clients'),
    ...made.filter(({ what }) => what === 'probe'),
  ];
  return [
    ...new Map(clientsFirst.map(({ groupId }) => [groupId, lookAtSecurityGroup(groupId)])).values(),
    ...[...new Set(clientsFirst.map(({ source }) => source))].flatMap(warning),
    ...joined(...clientsFirst.map(({ steps }) => steps)),
  ];
}

function warning(source: Opening['source']): readonly Step[] {
  if (source === 'AzureLoadBalancer') return [];
  const who = source === 'Internet' ? 'everyone on the internet' : 'the whole virtual network';
  return [notice(`A rule below lets in ${who}: put the clients' prefixes in its place where they are known`)];
}

function openingsOf({ subject, filter, probe, clients }: Shut): readonly Opening[] {
  const { member, rule } = subject;
  const flow = clientFlow(rule);
  const isAny = flow.destinationPort === 'any';
  const source = flow.source.kind === 'internet' ? 'Internet' : 'VirtualNetwork';
  const common = { source, destination: destinationOf(rule), what: 'clients', isSaid: clients } as const;
  const toClients = denialsOn(pathThrough(filter, member, flow))
    // What lets some in is meant so: nobody else is let in beside them.
    .filter(({ hit }) => hit.partial.length === 0)
    .map((deny) => ({
      ...common,
      deny,
      groupId: deny.groupId,
      protocol: isAny ? ('*' as const) : flow.protocol,
      port: flow.destinationPort === 'any' ? ('*' as const) : flow.destinationPort,
    }));
  if (rule.probe === undefined) return toClients;
  const { port } = rule.probe;
  const toProbe = denialsOn(pathThrough(filter, member, probeFlow(rule.probe))).map((deny) => ({
    ...({ source: 'AzureLoadBalancer', destination: '', what: 'probe', isSaid: probe, protocol: 'Tcp' } as const),
    ...{ deny, groupId: deny.groupId, port },
  }));
  return [...toClients, ...toProbe];
}

function stepsOf(several: readonly Opening[], skip: number, { id }: LoadBalancer): readonly Step[] {
  const [first] = several;
  const denials = several.map(({ deny }) => deny);
  const [deny] = denials;
  if (!first || !deny) return [];
  const ports = [...new Set(several.map(({ port }) => port))].sort((one, other) => Number(one) - Number(other));
  const said = ports.includes('*') ? 'all' : ports.join('-');
  const to = first.destination === '' ? '' : `-to-${first.destination.replaceAll(':', '.')}`;
  return allowInbound({
    loadBalancerId: id,
    groupId: first.groupId,
    name: `${first.what === 'probe' ? 'Allow-AzureLB-Probe' : 'Allow-Clients'}-${said}${to}`.slice(0, 80),
    protocol: first.protocol,
    sources: [first.source],
    ports: ports.includes('*') ? ['*'] : ports,
    destination: first.destination === '' ? undefined : first.destination,
    denyPriority: Math.min(...denials.map(({ denyPriority }) => denyPriority)),
    takenPriorities: deny.takenPriorities,
    takenNames: deny.takenNames,
    skip,
  });
}
