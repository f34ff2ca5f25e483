import { is } from '../azure/words.ts';
import { cite } from '../evidence/fact.ts';
import { isDefaultRule, plainRuleName } from '../network/security-rule.ts';
import { ruleCoverage } from '../network/security-rules.ts';
import {
  clientFlow,
  filterOfClients,
  type InboundFlow,
  type InboundPath,
  judgeable,
  pathThrough,
  probeFlow,
} from '../topology/inbound.ts';
import type { BalancingRule, Gone, InboundFilter, Machine, SecurityRule } from '../topology/model.ts';
import type { RuleMember } from '../topology/subjects.ts';
import { named } from '../words/name-order.ts';
import { type Denial, denialOn, denialsOn } from './denial.ts';
import { isOff } from './power.ts';
import { securityRuleFacts } from './security-rule-facts.ts';

/** What the security groups do with the clients of a balancing rule at one member. These exclude one another, so that one cause is told once. */
export type Admittance =
  /** Let in, or nobody can say. */
  | { readonly kind: 'open' }
  /** Some are let in, the others not: as it was meant, for all that anyone can tell. */
  | { readonly kind: 'restricted'; readonly by: SecurityRule; readonly denial: Denial }
  /** The frontend's port is let in, the members listen on another. */
  | { readonly kind: 'frontend-port-only'; readonly by: SecurityRule; readonly denial: Denial }
  /** Only the probe is let in on the backend port. */
  | { readonly kind: 'probe-only'; readonly by: SecurityRule; readonly denial: Denial }
  | { readonly kind: 'blocked'; readonly denial: Denial };

export function admittance(filter: InboundFilter, { member, rule }: RuleMember): Admittance {
  const clients = clientFlow(rule);
  const denials = denialsOn(pathThrough(filter, member, clients));
  // A group that lets some in says nothing where the other one lets in nobody.
  const denial = denials.find(({ hit }) => hit.partial.length === 0) ?? denials[0];
  if (!denial) return { kind: 'open' };
  const narrower = denial.hit.partial[0]?.rule;
  if (narrower) return { kind: 'restricted', by: narrower, denial };
  /** The rule of the group's own that lets this in and no client. */
  const opened = (flow: InboundFlow): SecurityRule | undefined => {
    const { admission, flow: inbound } = pathThrough(filter, member, flow);
    const by = admission.stages.find(({ stage }) => stage === denial.hit.stage);
    if (admission.access === 'Deny' || !by?.rule || isDefaultRule(by.rule)) return undefined;
    return ruleCoverage(by.rule, { ...inbound, ...clients, destination: inbound.destination }) === 'none'
      ? by.rule
      : undefined;
  };
  const toFrontend = opened({ ...clients, destinationPort: rule.frontendPort });
  // Behind what denies, another port would change nothing.
  if (toFrontend && toFrontend.priority < denial.denyPriority)
    return { kind: 'frontend-port-only', by: toFrontend, denial };
  const toProbe = opened({ ...clients, source: { kind: 'probe' } });
  const isPassedBy = toProbe !== undefined && toProbe.priority < denial.denyPriority;
  const isTooLate = !isPassedBy && wouldLetIn(denial, filter, pathThrough(filter, member, clients).flow);
  return toProbe && !isTooLate ? { kind: 'probe-only', by: toProbe, denial } : { kind: 'blocked', denial };
}

/** A rule of the same group that is for these clients, and comes too late: then what denies them is at fault. */
function wouldLetIn(
  { hit }: Denial,
  { subnet, nic }: InboundFilter,
  flow: Parameters<typeof ruleCoverage>[1],
): boolean {
  const rules = (hit.stage === 'subnet' ? subnet : nic) ?? [];
  return rules.some((one) => !isDefaultRule(one) && is(one.access, 'Allow') && ruleCoverage(one, flow) === 'all');
}

/** The groups in the clients' way, with all that it takes to judge the clients by them. */
export function filterForClients({ member, rule }: RuleMember) {
  return filterOfClients(member, rule);
}

/** The rules in force, asked for only where those configured keep clients out: a Virtual Network Manager may let them in. */
export function inForceWhereDenied(subject: RuleMember) {
  const { member, rule } = subject;
  const configured = filterForClients(subject);
  return configured.andThen((filter) =>
    ['open', 'restricted'].includes(admittance(filter, subject).kind)
      ? configured
      : member.effectiveFilter.andThen((inForce) => judgeable(inForce, member, rule)),
  );
}

/** Nothing to say where the rules in force let clients in after all, or nobody is there to be reached. */
export function isLetInOrDead(
  { member, rule }: RuleMember,
  { inForce, machine }: { readonly inForce: InboundFilter | undefined; readonly machine: Machine | Gone | undefined },
): boolean {
  if (machine && (machine.gone || isOff(machine))) return true;
  return inForce !== undefined && pathThrough(inForce, member, clientFlow(rule)).admission.access === 'Allow';
}

/** Whether the same security rule drops the probe: that finding tells of the clients as well. */
export function dropsProbeToo({ rule: denying }: Denial, filter: InboundFilter, { member, rule }: RuleMember): boolean {
  return rule.probe !== undefined && denialOn(pathThrough(filter, member, probeFlow(rule.probe)))?.rule === denying;
}

export function dropsClientsToo(denial: Denial, { filter }: InboundPath, subject: RuleMember): boolean {
  return denialOn(pathThrough(filter, subject.member, clientFlow(subject.rule)))?.rule === denial.rule;
}

export function denyingFacts({ rule }: Denial) {
  return { deniedBy: cite(rule, 'name'), ...securityRuleFacts(rule) };
}

/** `rule web in web-nsg`, or for a default rule what it means. */
export function denying({ rule, hit }: Denial): string {
  return isDefaultRule(rule)
    ? `${rule.groupName} allows none of it, so its default rule ${plainRuleName(rule)}`
    : `Security rule ${plainRuleName(rule)} (priority ${rule.priority}) in ${rule.groupName}${withOthers(hit)}`;
}

function withOthers({ together }: Denial['hit']): string {
  const others = together.map((each) => `${plainRuleName(each)} (priority ${each.priority})`);
  return others.length === 0 ? '' : `, together with ${named(others)},`;
}

/** Whom a rule lets in that lets in the probe and not these clients. */
export function letInBy({ sourceAddressPrefix, sourceAddressPrefixes }: SecurityRule): string {
  const named = [...(sourceAddressPrefix ? [sourceAddressPrefix] : []), ...(sourceAddressPrefixes ?? [])];
  const others = [...new Set(named)].filter((prefix) => !/^(AzureLoadBalancer|168\.63\.129\.16(\/32)?)$/i.test(prefix));
  if (others.length === 0) return "Azure's probe alone";
  return `${others.map((prefix) => (/^VirtualNetwork$/i.test(prefix) ? 'the virtual network' : prefix)).join(', ')} and Azure's probe`;
}

/** The clients and the port, in words. */
export function clientsOf(rule: BalancingRule): string {
  const { source, destinationPort, destination } = clientFlow(rule);
  const where = source.kind === 'internet' ? 'from the internet' : 'in the virtual network';
  const address = saidAddress(destination);
  const port = destinationPort === 'any' ? 'on any port' : `on port ${destinationPort}`;
  return `clients ${where} ${port}${address === undefined ? '' : ` of ${address}`}`;
}

/** The frontend's, which is what counts with floating IP, as far as it was read. */
function saidAddress(destination: InboundFlow['destination']): string | undefined {
  return destination?.kind === 'address' && destination.address !== '' ? destination.address : undefined;
}

/** The same of several balancing rules: each kind of clients once, with all their ports. */
export function clientsOfAll(rules: readonly BalancingRule[]): string {
  const ports = new Map<string, string[]>();
  for (const rule of rules) {
    const { source, destinationPort } = clientFlow(rule);
    const where = source.kind === 'internet' ? 'from the internet' : 'in the virtual network';
    ports.set(where, [...(ports.get(where) ?? []), String(destinationPort)]);
  }
  const [first] = rules;
  const address = first === undefined ? '' : destinationOf(first);
  const of = address === '' ? '' : ` of ${address}`;
  return [...ports].map(([where, all]) => `clients ${where} on ${portsSaid(all)}${of}`).join(', and ');
}

/** The frontend's address, by which groups judge clients with floating IP; else it doesn't count, and is empty. */
export function destinationOf(rule: BalancingRule): string {
  return saidAddress(clientFlow(rule).destination) ?? '';
}

/** `port 443`, `ports 80, 443`, `any port`. */
export function portsSaid(ports: readonly (number | string)[]): string {
  const distinct = [...new Set(ports.map(String))];
  if (distinct.includes('any')) return 'any port';
  return `${distinct.length === 1 ? 'port' : 'ports'} ${named(distinct)}`;
}
