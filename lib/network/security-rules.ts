import type { Family } from './address.ts';
import {
  type AddressCondition,
  addressCondition,
  type Coverage,
  type Endpoint,
  endpointCoverage,
  flowFamily,
  joinedConditions,
  tellsMachinesApart,
} from './endpoint.ts';
import { type PortRange, parsePortRange, portCoverage } from './port-range.ts';
import {
  type Access,
  accessOf,
  type Direction,
  defaultSecurityRules,
  directionOf,
  type SecurityRuleLike,
} from './security-rule.ts';

export interface Flow {
  readonly direction: Direction;
  readonly protocol: 'Tcp' | 'Udp';
  readonly source: Endpoint;
  readonly destination: Endpoint;
  /** As the machine sees it: the balancing rule's backend port; `any` for all ports at once (HA ports). */
  readonly destinationPort: number | 'any';
}

/** A rule that matches, or may. */
export interface Hit<R> {
  /** Null for a default rule that the list doesn't spell out: only its name, priority and access are known. */
  readonly rule: R | null;
  readonly name: string;
  readonly priority: number;
  readonly access: Access;
}

/** What a list of security rules does with a flow: the rule that decides, and those before it that might decide otherwise. */
export interface Match<R> extends Hit<R> {
  /** False when a rule before this one would decide otherwise and nobody can say whether it matches. */
  readonly certain: boolean;
  /** Those rules. */
  readonly undecided: readonly Hit<R>[];
  /** Later rules that decide the same, where each is for a part of the clients and only together are they for all. */
  readonly together: readonly Hit<R>[];
  /** Rules before this one that decide otherwise for a part of the clients ("restricted to …"). */
  readonly partial: readonly Hit<R>[];
}

interface Conditions {
  readonly protocol: string;
  readonly source: AddressCondition;
  readonly destination: AddressCondition;
  readonly sourcePorts: Coverage;
  readonly ports: readonly PortRange[] | null;
}

// A security group guards many members: its rules are read and put in order once, however many ask.
const readRules = new WeakMap<SecurityRuleLike, Conditions>();
const orders = new WeakMap<readonly SecurityRuleLike[], Readonly<Record<Direction, readonly number[]>>>();

/** What a network security group does with the flow; its default rules are added where the list lacks them. */
export function firstMatch<R extends SecurityRuleLike>(rules: readonly R[], flow: Flow): Match<R> {
  const found = scan(rules, flow);
  if (found.last !== null) return decided(found.last, found.before);
  const fallback = scan(defaultSecurityRules, flow);
  const before = [...found.before, ...fallback.before.map(unlisted)];
  return decided(unlisted(fallback.last ?? noRule('Deny')), before);
}

/** The same for security admin rules of a Virtual Network Manager, which have no default rules: what none decides passes on. */
export function firstAdminMatch<R extends SecurityRuleLike>(rules: readonly R[], flow: Flow): Match<R> {
  const { last, before } = scan(rules, flow);
  return decided(last ?? unlisted(noRule('Allow')), before);
}

type Candidate<R> = Hit<R> & { readonly coverage: Coverage; readonly together?: readonly Hit<R>[] };

function scan<R extends SecurityRuleLike>(
  rules: readonly R[],
  flow: Flow,
): { readonly last: Candidate<R> | null; readonly before: readonly Candidate<R>[] } {
  const family = flowFamily(flow.destination, flow.source);
  const before: Candidate<R>[] = [];
  for (const index of orderOf(rules)[flow.direction]) {
    const rule = rules[index];
    if (rule === undefined) continue;
    const coverage = ruleCoverage(rule, flow, family);
    if (coverage === 'none') continue;
    const candidate = { rule, name: rule.name, priority: rule.priority, access: accessOf(rule), coverage };
    if (coverage === 'all') return { last: candidate, before };
    before.push(candidate);
    const [first, ...others] = coverage === 'some' ? coveringTogether(before, flow, family) : [];
    if (first !== undefined) return { last: { ...first, together: others.map(hit) }, before };
  }
  return { last: null, before };
}

/** The rules that decide as the last one does and leave none of the clients over between them; none where some are left. */
function coveringTogether<R extends SecurityRuleLike>(
  candidates: readonly Candidate<R>[],
  flow: Flow,
  family: Family,
): readonly Candidate<R>[] {
  const last = candidates.at(-1);
  const alike = candidates.filter(
    ({ rule, access, coverage }) =>
      rule !== null &&
      access === last?.access &&
      coverage === 'some' &&
      exceptSource(conditionsOf(rule), flow, family) === 'all',
  );
  const sources = alike.flatMap(({ rule }) => (rule === null ? [] : [conditionsOf(rule).source]));
  if (sources.length < 2) return [];
  return endpointCoverage(joinedConditions(sources), flow.source, family) === 'all' ? alike : [];
}

function unlisted(candidate: Candidate<SecurityRuleLike>): Candidate<never> {
  return { ...candidate, rule: null, together: [] };
}

function noRule(access: Access): Candidate<never> {
  return { rule: null, name: 'no rule', priority: 65536, access, coverage: 'all' };
}

function decided<R>(last: Candidate<R>, before: readonly Candidate<R>[]): Match<R> {
  const other = before.filter((earlier) => earlier.access !== last.access);
  const undecided = other.filter(({ coverage }) => coverage === 'unknown').map(hit);
  const partial = other.filter(({ coverage }) => coverage === 'some').map(hit);
  return { ...hit(last), certain: undecided.length === 0, undecided, together: last.together ?? [], partial };
}

function hit<R>({ rule, name, priority, access }: Candidate<R>): Hit<R> {
  return { rule, name, priority, access };
}

/** How much of the flow this one rule matches, whatever its priority. */
export function ruleCoverage(
  rule: SecurityRuleLike,
  flow: Flow,
  family: Family = flowFamily(flow.destination, flow.source),
): Coverage {
  if (directionOf(rule) !== flow.direction) return 'none';
  const conditions = conditionsOf(rule);
  const others = exceptSource(conditions, flow, family);
  return others === 'none' ? 'none' : allOf(others, endpointCoverage(conditions.source, flow.source, family));
}

function exceptSource({ protocol, ports, sourcePorts, destination }: Conditions, flow: Flow, family: Family): Coverage {
  if (protocol !== '*' && protocol !== flow.protocol.toLowerCase()) return 'none';
  const wanted = wantedPorts(ports, flow.destinationPort);
  if (wanted === 'none' || sourcePorts === 'none') return 'none';
  return allOf(wanted, sourcePorts, endpointCoverage(destination, flow.destination, family));
}

/** Whether any of these rules could let flows in to one machine of a virtual network and keep them from another. */
export function tellMachinesApart(rules: readonly SecurityRuleLike[]): boolean {
  return rules.some((rule) => directionOf(rule) === 'Inbound' && tellsMachinesApart(conditionsOf(rule).destination));
}

function allOf(...parts: readonly Coverage[]): Coverage {
  for (const least of ['none', 'unknown', 'some'] as const) if (parts.includes(least)) return least;
  return 'all';
}

function wantedPorts(ports: readonly PortRange[] | null, wanted: number | 'any'): Coverage {
  if (ports === null) return 'unknown';
  return portCoverage(ports, wanted === 'any' ? { low: 1, high: 65535 } : { low: wanted, high: wanted });
}

// Clients, and the probe, come from a port of their choice: only a range that leaves none of these out is sure to match.
const clientPorts: PortRange = { low: 1024, high: 65535 };

function conditionsOf(rule: SecurityRuleLike): Conditions {
  const known = readRules.get(rule);
  if (known !== undefined) return known;
  const sourcePorts = portsOf(rule.sourcePortRange, rule.sourcePortRanges);
  const conditions: Conditions = {
    protocol: protocolOf(rule),
    source: addressCondition(
      both(rule.sourceAddressPrefix, rule.sourceAddressPrefixes),
      rule.expandedSourceAddressPrefix ?? [],
      (rule.sourceApplicationSecurityGroups ?? []).map((group) => group.id),
    ),
    destination: addressCondition(
      both(rule.destinationAddressPrefix, rule.destinationAddressPrefixes),
      rule.expandedDestinationAddressPrefix ?? [],
      (rule.destinationApplicationSecurityGroups ?? []).map((group) => group.id),
    ),
    sourcePorts: sourcePorts === null || portCoverage(sourcePorts, clientPorts) === 'all' ? 'all' : 'some',
    ports: portsOf(rule.destinationPortRange, rule.destinationPortRanges),
  };
  readRules.set(rule, conditions);
  return conditions;
}

// Configured rules spell "any protocol" as "*", effective ones as "All".
function protocolOf(rule: SecurityRuleLike): string {
  const protocol = rule.protocol.toLowerCase();
  return protocol === 'all' || protocol === 'any' ? '*' : protocol;
}

function both(one: string | null | undefined, many: readonly string[] | null | undefined): readonly string[] {
  return one ? [...one.split(','), ...(many ?? [])] : (many ?? []);
}

/** Null when no field says any port, or one can't be read. */
function portsOf(
  one: string | null | undefined,
  many: readonly string[] | null | undefined,
): readonly PortRange[] | null {
  const read = both(one, many).map(parsePortRange);
  const ranges = read.filter((range) => range !== null);
  return ranges.length === 0 || ranges.length < read.length ? null : ranges;
}

function orderOf(rules: readonly SecurityRuleLike[]): Readonly<Record<Direction, readonly number[]>> {
  const known = orders.get(rules);
  if (known !== undefined) return known;
  const ordered = rules
    .map((rule, index) => ({ index, priority: rule.priority, direction: directionOf(rule) }))
    .sort((a, b) => a.priority - b.priority);
  const order = {
    Inbound: ordered.filter((entry) => entry.direction === 'Inbound').map((entry) => entry.index),
    Outbound: ordered.filter((entry) => entry.direction === 'Outbound').map((entry) => entry.index),
  };
  orders.set(rules, order);
  return order;
}
