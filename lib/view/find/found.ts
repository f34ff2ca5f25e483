import type { AskedCall, MemberHealth } from '../../../schemas/diagnosis.generated.ts';
import type { Found, FoundFrontend, FoundMachine, FoundMembership } from '../../../schemas/found.generated.ts';
import { lastSegment, sameId } from '../../azure/ids.ts';
import type { Unread } from '../../collect/load-balancers.ts';
import { type MemberState, memberStates, powerOf } from '../../diagnosis/members.ts';
import type { Ask } from '../../evidence/ask.ts';
import { type Evidence, reading } from '../../evidence/evidence.ts';
import { open } from '../../evidence/open.ts';
import { publicAddresses } from '../../evidence/questions/public-addresses.ts';
import type { Reading } from '../../evidence/reading.ts';
import { addressOf } from '../../topology/address.ts';
import type { BalancingRule, LoadBalancer, Member } from '../../topology/model.ts';
import { version } from '../../version.ts';
import { healthReadings, reasonsOf } from '../not-read.ts';
import { natRuleOf, outboundRuleOf } from '../tree.ts';
import { type Holding, holdingIn, membersAt } from './holding.ts';
import { type Inventory, inventoryOf, type Unit } from './inventory.ts';
import { listensOn, natListensOn, rulesThatMatter } from './matter.ts';
import { missingOf } from './missing.ts';
import { type FrontendOf, type Resolved, resolve } from './resolve.ts';
import type { Wanted } from './wanted.ts';

/** All that was asked, and for what. */
export interface Surveyed {
  readonly evidence: Evidence;
  /** Of the load balancers. */
  readonly ids: readonly string[];
  readonly wanted: Wanted;
  readonly lists: readonly Ask[];
  readonly unread: readonly Unread[];
  readonly collectedAt: string;
  readonly subscription: string | undefined;
  readonly calls: readonly AskedCall[];
}

/** Where the one thing stands that was wanted, or the several that it may be. */
export function foundOf({ evidence, ids, wanted, lists, unread, collectedAt, subscription, calls }: Surveyed): Found {
  const inventory = inventoryOf(evidence, ids);
  const resolved = resolve(wanted.text, inventory, wanted.resourceGroup);
  const [only] = resolved.length === 1 ? resolved : [];
  const holding = holdingIn(inventory);
  return {
    schemaVersion: 1,
    azlb: version,
    collectedAt,
    scope: { subscription: subscription ?? null, resourceGroup: null, ids: [] },
    target: wanted.text,
    port: wanted.port ?? null,
    thing: only?.thing ?? null,
    candidates: resolved.length > 1 ? resolved.map(({ thing }) => thing) : [],
    frontends: only?.frontends.map((each) => frontendFrom(each, inventory, wanted.port)) ?? [],
    machines: only === undefined ? [] : machinesOf(only, inventory, holding),
    notRead: [
      ...unread.map(({ id, because }) => ({ because: `${id}: ${because}` })),
      ...(resolved.length > 1 ? [] : notReadOf(only, inventory, { evidence, lists, wanted })),
    ],
    calls,
  };
}

/** A machine's place is told by every list but that of public addresses, a frontend's by that alone. */
function notReadOf(
  only: Resolved | undefined,
  inventory: Inventory,
  { evidence, lists, wanted }: Pick<Surveyed, 'evidence' | 'lists' | 'wanted'>,
): Found['notRead'] {
  const isFrontend = only !== undefined && only.units.length === 0 && only.address === undefined;
  const needed = lists.filter(({ question }) => only === undefined || (question === publicAddresses) === isFrontend);
  const rules = only === undefined ? [] : rulesThatMatter(only, inventory, wanted.port);
  const read = needed.map(({ question, id }) => reading(evidence, question, id));
  const health = rules.flatMap(healthReadings);
  if (!read.some(isUnrecorded)) return reasonsOf([...read, ...health]);
  return [
    { because: 'The recording has no lists of its subscription: only what is around its load balancers is known' },
    ...reasonsOf(health),
  ];
}

function isUnrecorded(list: Reading<unknown>): boolean {
  const state = open(list);
  return 'gaps' in state && state.gaps.some(({ kind }) => kind === 'not-recorded');
}

function machinesOf({ units, address }: Resolved, inventory: Inventory, holding: Holding): readonly FoundMachine[] {
  const found = units.map((unit) => machineFrom(unit, inventory, holding));
  if (address === undefined) return found;
  const pools = inventory.loadBalancers.flatMap((loadBalancer) => loadBalancer.pools);
  return [
    {
      kind: 'address',
      id: null,
      name: address,
      scaleSetId: null,
      availabilitySetId: null,
      zone: null,
      powerState: null,
      latestModelApplied: null,
      interfaces: [],
      pools: membersAt(address, pools).flatMap((member) => membershipFrom(member, inventory)),
      missing: [],
    },
  ];
}

function machineFrom(unit: Unit, inventory: Inventory, holding: Holding): FoundMachine {
  const { kind, id, name, machine, interfaces } = unit;
  const members = holding.membersOf(unit);
  return {
    kind,
    id,
    name,
    scaleSetId: machine?.scaleSetId ?? null,
    availabilitySetId: machine?.availabilitySetId ?? null,
    zone: machine?.zone ?? null,
    powerState: members.map(powerOf).find((power) => power === 'gone') ?? machine?.powerState ?? null,
    latestModelApplied: machine?.latestModelApplied ?? null,
    interfaces: interfaces.map((nic) => ({
      id: nic.id,
      name: nic.name,
      ipConfigurations: nic.ipConfigurations.map((each) => ({
        name: each.name,
        address: each.privateIPAddress ?? null,
        subnetId: each.subnetId ?? null,
      })),
    })),
    pools: members.flatMap((member) => membershipFrom(member, inventory)),
    missing: kind === 'interface' ? [] : missingOf(unit, inventory, holding),
  };
}

function membershipFrom(member: Member, { loadBalancers }: Inventory): readonly FoundMembership[] {
  const { pool, key, nicId, ipConfigurationId, adminState } = member;
  const loadBalancer = loadBalancers.find(({ pools }) => pools.includes(pool));
  if (loadBalancer === undefined) return [];
  return [
    {
      loadBalancer: briefly(loadBalancer),
      pool: pool.name,
      key,
      through: {
        by: ipConfigurationId === undefined ? 'address' : 'interface',
        nicId: nicId ?? null,
        ipConfiguration: ipConfigurationId === undefined ? null : lastSegment(ipConfigurationId),
        address: addressOf(member) ?? null,
      },
      adminState: adminState ?? null,
      health: pool.balancingRules.flatMap((rule) => healthIn(rule, member)),
    },
  ];
}

// A scale set is hundreds of members of the same rules.
const statesOf = new WeakMap<BalancingRule, ReadonlyMap<Member, MemberState>>();

function healthIn(rule: BalancingRule, member: Member): readonly MemberHealth[] {
  const states = statesOf.get(rule) ?? new Map(memberStates(rule).map((each) => [each.member, each]));
  statesOf.set(rule, states);
  const found = states.get(member);
  if (found === undefined) return [];
  const { state, reason, source, idle } = found;
  return [{ balancingRule: rule.name, state, reason: reason ?? null, source, byDesign: idle ?? null }];
}

function briefly({ id, name, resourceGroup }: LoadBalancer): FoundMembership['loadBalancer'] {
  return { id, name, resourceGroup };
}

function frontendFrom(
  { loadBalancer, frontend }: FrontendOf,
  { publicAddresses }: Inventory,
  port: number | undefined,
): FoundFrontend {
  const publicIp = publicAddresses.find(({ id }) => sameId(id, frontend.publicIPId));
  const rules = loadBalancer.balancingRules.filter((rule) => rule.frontend === frontend && listensOn(rule, port));
  const nat = [
    ...loadBalancer.natRules.map((rule) => ({ rule, isPool: false })),
    ...loadBalancer.natPools.map((rule) => ({ rule, isPool: true })),
  ].filter(({ rule }) => sameId(rule.frontendId, frontend.id) && natListensOn(rule, port));
  return {
    loadBalancer: briefly(loadBalancer),
    name: frontend.name,
    kind: frontend.kind,
    address: frontend.privateIPAddress ?? publicIp?.ipAddress ?? null,
    publicIpId: frontend.publicIPId ?? null,
    fqdn: publicIp?.dnsSettings?.fqdn ?? null,
    listens: port === undefined ? null : rules.length + nat.length > 0,
    balancingRules: rules.map(ruleFrom),
    natRules: nat.map(({ rule, isPool }) => natRuleOf(rule, isPool, loadBalancer)),
    outboundRules: loadBalancer.outboundRules
      .filter(({ frontendIds }) => frontendIds.some((id) => sameId(id, frontend.id)))
      .map(outboundRuleOf),
  };
}

function ruleFrom(rule: BalancingRule): FoundFrontend['balancingRules'][number] {
  const states = memberStates(rule).map(({ state }) => state);
  const count = (wanted: string): number => states.filter((state) => state === wanted).length;
  return {
    name: rule.name,
    protocol: rule.protocol,
    frontendPort: rule.frontendPort,
    backendPort: rule.backendPort ?? null,
    probe: rule.probe?.name ?? null,
    pools: rule.pools.map(({ name }) => name),
    members: {
      total: states.length,
      up: count('up'),
      down: count('down'),
      unknown: count('unknown') + count('not-measured'),
    },
  };
}
