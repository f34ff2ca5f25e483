import { sameId } from '../azure/ids.ts';
import { is } from '../azure/words.ts';
import { machineOf } from '../diagnosis/members.ts';
import type { RuleVerdict } from '../diagnosis/verdict.ts';
import { knownOr, open } from '../evidence/open.ts';
import { joined } from '../steps/joined.ts';
import { leavePool } from '../steps/leave-pool.ts';
import { look, notice } from '../steps/looking.ts';
import { removeScaleSetFromPool, setAdminState } from '../steps/pool.ts';
import type { Step } from '../steps/step.ts';
import { option } from '../steps/where.ts';
import { present } from '../topology/gone.ts';
import type { LoadBalancer, Member, Pool, ScaleSet } from '../topology/model.ts';
import { isCluster, platformOf } from '../topology/owner.ts';
import { isTakenOut } from '../topology/taken-out.ts';
import type { Examined } from '../triage/triage.ts';
import { counted, isOrAre } from '../words/counted.ts';
import { named } from '../words/name-order.ts';
import { capacityOf } from './capacity.ts';
import { secondsToTurn, waitFor } from './checks.ts';
import { emptiedZones, shortfalls, type Wanted } from './enough.ts';
import { etagLooks, withEtags } from './etag.ts';
import { nodesLeave } from './leaving-nodes.ts';
import { affecting, type Drawn } from './plan.ts';

/** Members that are to get no traffic any more. */
export interface Leaving extends Wanted {
  /** `drain` leaves them in the pool wherever an admin state keeps traffic from them. */
  readonly kind: 'drain' | 'remove';
  readonly members: readonly Member[];
}

/** Takes members out of service while enough others are up, or says why that would be too few. */
export function planLeaving({ judgement, topology, evidence }: Examined, leaving: Leaving): Drawn {
  const { loadBalancer } = topology;
  const { kind, expectation } = leaving;
  const { going, left } = sorted(leaving);
  const verdicts = judgement.verdicts.filter(({ rule }) => going.some(({ pool }) => rule.pools.includes(pool)));
  const isLeaving = (member: Member): boolean => going.includes(member);
  const before = capacityOf(verdicts);
  const during = capacityOf(verdicts, isLeaving);
  const drawn = (refused: string | undefined, steps: readonly Step[]): Drawn => ({
    kind,
    refused: refused === undefined ? null : { because: refused, left: during },
    capacity: { before, during },
    steps: affecting(affected(going, verdicts), steps),
    unread: refused === undefined && steps.length > 0 ? [] : unreadIn(verdicts),
  });
  if (going.length === 0) return drawn(undefined, []);
  const zones = emptiedZones(verdicts, isLeaving, expectation);
  const against = [
    ...shortfalls(verdicts, isLeaving, leaving),
    ...zones.flatMap(({ pool, wanted, at }) =>
      wanted.length === 0 ? [] : [`${pool.name} would have nobody up in zone ${named(wanted)}, and is to (${at})`],
    ),
  ];
  if (against.length > 0) return drawn(against.join('; '), []);
  const ways = loadBalancer.owner === 'user' ? waysOf(kind, going) : [{ steps: ownersWay(loadBalancer, going) }];
  const impossible = ways.flatMap(({ refused }) => refused ?? []);
  if (impossible.length > 0) return drawn(impossible.join('; '), []);
  const all = joined(...ways.map(({ steps }) => steps));
  const of = (wanted: Step['kind']): readonly Step[] => all.filter((step) => step.kind === wanted);
  const changes = of('change');
  const backups = withEtags(of('backup'), evidence);
  const others = (when: 'before' | 'after'): readonly Step[] => waits(when, loadBalancer, verdicts, going);
  return drawn(undefined, [
    ...left,
    ...zones.map(({ pool, zones: emptied }) => notice(`Nobody of ${pool.name} will be up in zone ${named(emptied)}`)),
    ...elsewhere(going, loadBalancer),
    ...of('look'),
    ...others('before'),
    ...backups,
    ...(changes.length === 0 ? [] : etagLooks(backups)),
    ...changes,
    ...others('after'),
    ...going.flatMap(openFlows),
    ...of('undo'),
  ]);
}

/** What a platform writes is changed through the platform. */
function ownersWay(loadBalancer: LoadBalancer, going: readonly Member[]): readonly Step[] {
  if (isCluster(loadBalancer.owner)) return nodesLeave(going);
  const title = `Take ${named(going.map(({ name }) => name))} out through ${platformOf(loadBalancer)}: what az writes here is undone, or not supported`;
  return [{ ...notice(title), kind: 'change' }];
}

/** Those that there is something to do with, and why there is nothing with the others. */
function sorted({ kind, members }: Leaving): { readonly going: readonly Member[]; readonly left: readonly Step[] } {
  if (kind === 'remove') return { going: members, left: [] };
  const reasons = members.map((member) => ({ member, why: reasonToStay(member) }));
  return {
    going: reasons.flatMap(({ member, why }) => (why === undefined ? [member] : [])),
    left: reasons.flatMap(({ member, why }) => (why === undefined ? [] : [notice(`${member.key} is left: ${why}`)])),
  };
}

function reasonToStay(member: Member): string | undefined {
  const { pool } = member;
  if (pool.balancingRules.length === 0) return 'no balancing rule sends traffic to its pool';
  return isTakenOut(member) && obeysAdminState(pool) ? 'its admin state is Down already' : undefined;
}

/** An admin state stands in for a probe: what has none goes on sending. Standard load balancers alone have it. */
function obeysAdminState({ balancingRules }: Pool): boolean {
  return balancingRules.every(({ measured, loadBalancer }) => measured && is(loadBalancer.sku, 'Standard'));
}

interface Way {
  readonly steps: readonly Step[];
  readonly refused?: string;
}

function waysOf(kind: Leaving['kind'], going: readonly Member[]): readonly Way[] {
  const ways = going.map((member): Way | ScaleSetLeaving => {
    const address = member.addressName;
    if (kind === 'drain' && address !== undefined && obeysAdminState(member.pool)) {
      return { steps: takenOut(member, address) };
    }
    const { instance, pool } = member;
    if (instance !== undefined && member.ipConfigurationId !== undefined) return { pool, id: instance.scaleSetId };
    const steps = leavePool(member);
    if (steps.length > 0) return { steps };
    return { steps, refused: `az has no command that takes ${member.name} out of ${pool.name}` };
  });
  const sets = ways.flatMap((way) => ('id' in way ? [way] : []));
  const distinct = sets.filter(
    ({ pool, id }, at) => sets.findIndex((one) => one.pool === pool && one.id === id) === at,
  );
  return [
    ...ways.flatMap((way) => ('id' in way ? [] : [way])),
    ...distinct.map((set) => instancesLeave(kind, set, going)),
  ];
}

interface ScaleSetLeaving {
  readonly pool: Pool;
  readonly id: string;
}

/** An instance's interface is its set's: all of them leave by the model, or none. */
function instancesLeave(kind: Leaving['kind'], { pool, id }: ScaleSetLeaving, going: readonly Member[]): Way {
  const own = pool.members.filter(({ instance }) => instance?.scaleSetId === id);
  const [first] = own;
  const set = first?.instance?.scaleSet ?? id;
  const leaving = own.filter((member) => going.includes(member));
  if (leaving.length < own.length) {
    const drain = kind === 'remove' && obeysAdminState(pool) ? 'azlb plan drain keeps new connections from it; ' : '';
    return {
      steps: [],
      refused: `${named(leaving.map(({ name }) => name))} ${isOrAre(leaving.length)} of scale set ${set}, whose instances' interfaces can't be edited one by one: ${drain}az vmss deallocate --instance-ids stops it, az vmss delete-instances deletes it, and naming ${set} takes all ${own.length} out by the set's model`,
    };
  }
  const found = pool.scaleSets.find((one) => sameId(one.id, id));
  const model: ScaleSet | undefined = found && present(knownOr(found.set, undefined));
  const places = (model?.modelConfigurations ?? []).flatMap(({ nicAt, at, loadBalancerBackendAddressPools: pools }) => {
    const position = pools.findIndex((one) => sameId(one, pool.id));
    return position < 0 ? [] : [{ nicAt, at, position, isOnlyPool: pools.length === 1 }];
  });
  const instanceIds = own.flatMap(({ instance }) => instance?.instanceId ?? []);
  if (places.length === 0) {
    const why = model === undefined ? 'could not be read' : `does not name ${pool.name}`;
    return { steps: [], refused: `the model of scale set ${set} ${why}: nothing here takes its instances out` };
  }
  return {
    steps: joined(
      ...places.map(({ nicAt, at, position, isOnlyPool }) =>
        removeScaleSetFromPool({
          ...{ scaleSetId: id, poolId: pool.id, networkInterface: nicAt, ipConfiguration: at },
          ...{ position, isOnlyPool, instanceIds },
        }),
      ),
    ),
  };
}

function takenOut(member: Member, address: string): readonly Step[] {
  const { pool, adminState } = member;
  const from = is(adminState, 'Up') ? 'Up' : 'None';
  const steps = setAdminState({ poolId: pool.id, address, to: 'Down', from });
  if (pool.kind !== 'nic') return steps;
  const other =
    member.instance === undefined
      ? `take ${member.name} out of the pool instead, by azlb plan remove`
      : 'deallocate the instance instead (az vmss deallocate): its interface alone leaves no pool';
  return [
    notice(`Where Azure refuses the admin state, as ${pool.name} is made of interfaces, go on with nothing: ${other}`),
    ...steps,
  ];
}

/** What else goes on at those that leave: their other pools, NAT rules. */
function elsewhere(going: readonly Member[], { pools, natRules }: LoadBalancer): readonly Step[] {
  return going.flatMap((member) => {
    const { pool, ipConfigurationId } = member;
    const { nicId } = member;
    const others = pools
      .flatMap(({ members }) => members)
      .filter((other) => other.pool !== pool && nicId !== undefined && other.nicId === nicId && !going.includes(other));
    const nat = natRules.filter(
      (rule) =>
        (rule.poolId !== undefined && sameId(rule.poolId, pool.id)) ||
        (ipConfigurationId !== undefined && sameId(rule.ipConfigurationId, ipConfigurationId)),
    );
    return [
      ...others.map((other) => notice(`${member.name} goes on in ${other.pool.name}, which nothing here changes`)),
      ...(nat.length === 0
        ? []
        : [notice(`See who comes to ${member.name} by inbound NAT: ${named(nat.map(({ name }) => name))}`)]),
    ];
  });
}

/** That nobody else is down: before, all that are up are; afterwards, all but those that left. */
function waits(
  when: 'before' | 'after',
  { id }: LoadBalancer,
  verdicts: readonly RuleVerdict[],
  going: readonly Member[],
): readonly Step[] {
  return [...new Set(going.map(({ pool }) => pool))].flatMap((pool) => {
    const rules = verdicts.filter(({ rule }) => rule.measured && rule.pools.includes(pool));
    const states = rules.flatMap((each) => each.states);
    const isUp = (member: Member): boolean =>
      states.every((state) => state.member !== member || state.state === 'up') &&
      states.some((state) => state.member === member);
    const staying = pool.members.filter((member) => isUp(member) && (when === 'before' || !going.includes(member)));
    const count = staying.length;
    if (count === 0) return [];
    const seconds = secondsToTurn(rules.flatMap(({ rule: { probe } }) => probe ?? []));
    const title =
      when === 'before'
        ? `Go on only where ${counted(count, 'member')} of ${pool.name} ${isOrAre(count)} still up (exit code 0)`
        : `Wait until the other ${counted(count, 'member')} of ${pool.name} ${isOrAre(count)} seen to stay up (exit code 0); undo at once where not`;
    const kind = when === 'before' ? 'look' : 'check';
    return [waitFor({ kind, title, loadBalancerId: id, pool: pool.name, healthy: count, seconds })];
  });
}

/** Connections that are there stay there. */
function openFlows(member: Member): readonly Step[] {
  if (member.pool.balancingRules.length === 0) return [];
  const idle = Math.max(...member.pool.balancingRules.map(({ idleTimeoutInMinutes = 4 }) => idleTimeoutInMinutes));
  const title = `Wait for the open connections of ${member.name}: new ones go elsewhere, UDP moves at once, TCP stays until it is closed or idle for ${idle} minutes`;
  const machine = machineOf(member);
  if (machine === undefined || machine.instance !== undefined) return [{ ...notice(title), kind: 'check' }];
  const query = 'value[0].timeseries[0].data[-3:].average';
  const metrics = ['monitor', 'metrics', 'list', option('resource', machine.id), option('metrics', 'Inbound Flows')];
  return [{ ...look(title, query, ...metrics, '--interval=PT1M'), kind: 'check' }];
}

function affected(going: readonly Member[], verdicts: readonly RuleVerdict[]): readonly string[] {
  return [...going.map(({ key }) => key), ...verdicts.map(({ rule }) => rule.name)];
}

/** Why of some nobody knows whether they are up. */
function unreadIn(verdicts: readonly RuleVerdict[]): readonly string[] {
  const gaps = verdicts.flatMap(({ rule }) => {
    if (!rule.measured) return [];
    const state = open(rule.health);
    return 'gaps' in state ? state.gaps.map(({ because }) => `health of ${rule.name}: ${because}`) : [];
  });
  return [...new Set(gaps)];
}
