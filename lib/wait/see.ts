import type { HealthState, Verdict } from '../../schemas/diagnosis.generated.ts';
import { memberStates } from '../diagnosis/members.ts';
import { ruleVerdict, worstVerdict } from '../diagnosis/verdict.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { open } from '../evidence/open.ts';
import type { Reading } from '../evidence/reading.ts';
import type { ExpectedPool } from '../expect/expectation.ts';
import { isAnsweredTwice, isClusterShaped } from '../topology/active-passive.ts';
import { unlistedIn } from '../topology/back-references.ts';
import type { LoadBalancer, Member, Pool } from '../topology/model.ts';
import type { Smallest } from '../topology/taken-out.ts';
import { counted } from '../words/counted.ts';
import { type Belonging, belongingOf } from './belonging.ts';
import type { Condition } from './condition.ts';
import type { Seen, SeenMember } from './look.ts';
import { probePeriodOf, type WaitScope } from './scope.ts';

/** What its owner says of a load balancer, as far as waiting goes. */
export interface Meant {
  readonly pool: (pool: Pool) => ExpectedPool | undefined;
  readonly isStandby: (member: Member) => boolean;
  readonly smallest: Smallest;
}

/** Evidence about a load balancer, and the part of it that is looked at. */
export interface Sight {
  readonly loadBalancer: LoadBalancer;
  readonly evidence: Evidence;
  readonly scope: WaitScope;
  readonly meant: Meant;
}

/** What must be read to tell whether it is so: nothing that can't matter is asked. */
export function readingsFor(condition: Condition, { scope, evidence, meant }: Sight): readonly Reading<unknown>[] {
  if (condition.kind === 'members') {
    return condition.wanted === 'all' ? scope.pools.map((pool) => belongingOf(pool, meant.pool(pool), evidence)) : [];
  }
  const reserved = scope.pools.filter((pool) => meant.pool(pool)?.standby !== undefined);
  const measured = scope.rules.filter((rule) => rule.measured);
  const readings: Reading<unknown>[] = measured.map((rule) => rule.health);
  // A reserve may be called by its machine's name.
  for (const pool of reserved) for (const member of pool.members) readings.push(member.machine);
  for (const rule of measured) {
    // Whether it is a cluster's is for its members' interfaces to say.
    if (isClusterShaped(rule)) for (const { nic } of rule.members) readings.push(nic);
    // The metric, for who is refused the health action, knows members by their address.
    const reasons = open(rule.reasons);
    const isRefused = 'gaps' in reasons && reasons.gaps.every(({ ask }) => ask === undefined);
    for (const member of isRefused ? rule.members : []) {
      if (member.ipAddress === undefined) readings.push(member.ipConfiguration);
    }
  }
  return readings;
}

/** Whether so many members are healthy, or in the pool; of a verdict see `seenHealth`. */
export function see(condition: Condition, sight: Sight): Seen {
  return condition.kind === 'members' ? seenMembership(condition.wanted, sight) : seenHealth(condition, sight);
}

function seenMembership(wanted: number | 'all', { scope, evidence, meant }: Sight): Seen {
  const common = {
    verdict: undefined,
    members: scope.pools.flatMap(({ members }) => members.map((member) => seenMember(member, undefined))),
    probePeriod: 0,
  };
  const inside = common.members.length;
  if (wanted !== 'all') {
    const missing = inside < wanted ? [counted(wanted - inside, 'more member')] : [];
    return { ...common, met: inside >= wanted, have: inside, wanted, missing, gaps: [], notes: [] };
  }
  const each = scope.pools.map((pool) => ({ pool, state: open(belongingOf(pool, meant.pool(pool), evidence)) }));
  const said = each.flatMap(({ state }): readonly Belonging[] =>
    'known' in state && state.known !== undefined ? [state.known] : [],
  );
  const gaps = each.flatMap(({ state }) => ('gaps' in state ? state.gaps.map(({ because }) => because) : []));
  const silent = each.filter(({ state }) => 'known' in state && state.known === undefined);
  const total = (count: (one: Belonging) => number): number => said.reduce((sum, one) => sum + count(one), 0);
  const have = total((one) => one.have);
  const all = total((one) => one.wanted);
  const missing = said.flatMap((one) => one.missing);
  return {
    ...common,
    // Where nothing at all belongs into it, nobody knows that this is all.
    met: said.length > 0 && all > 0 && gaps.length === 0 && missing.length === 0,
    have,
    wanted: all,
    missing,
    gaps: unique(gaps),
    notes: silent.map(({ pool }) => `Nothing says who belongs into ${pool.name}: it is of no scale set. Not counted.`),
  };
}

/** For a verdict: what health alone says. Met here, all else is still to be looked at. */
function seenHealth(condition: Condition, { loadBalancer, scope, meant }: Sight): Seen {
  const measured = scope.rules.filter((rule) => rule.measured);
  const states = measured.flatMap(memberStates);
  const serving = scope.pools.filter((pool) => pool.balancingRules.some((rule) => scope.rules.includes(rule)));
  const members = serving.flatMap((pool) => pool.members).map((member) => ({ member, health: healthOf(member) }));
  const active = members.filter(({ member }) => !meant.isStandby(member) && !isIdle(member));
  const doubled = measured.filter(isAnsweredTwice);
  const counted = condition.wanted === 'all' ? active : members;
  const up = counted.filter(({ health }) => health === 'up').length;
  const disagreements = disagreementsOf(loadBalancer);
  const unread = measured.flatMap(({ name, health, agreedReasons }) => {
    const known = open(health);
    if ('known' in known && known.known.contradictions.length === 0) return [];
    const state = open(agreedReasons);
    return 'gaps' in state ? state.gaps.map(({ because }) => `health of ${name}: ${because}`) : [];
  });
  const common = {
    members: members.map(({ member, health }) => seenMember(member, health)),
    probePeriod: probePeriodOf(scope),
    gaps: unique([...disagreements, ...unread]),
    notes: [
      ...notesOn(condition, serving),
      ...doubled.map(
        ({ name }) => `Several nodes answer the probe of ${name}: of a cluster one should, and the others are passive.`,
      ),
    ],
  };
  if (condition.kind === 'verdict') {
    const each = scope.rules.map((rule) => ruleVerdict(rule, [], [], meant.isStandby, meant.smallest).verdict);
    return { ...common, ...seenVerdict(worstVerdict(each)), have: undefined, wanted: undefined, missing: [] };
  }
  const wanted = condition.wanted === 'all' ? counted.length : condition.wanted;
  const missing = counted.filter(({ health }) => health !== 'up').map(({ member }) => member.name);
  const isRight = disagreements.length === 0 && (condition.wanted !== 'all' || doubled.length === 0);
  return { ...common, met: isRight && wanted > 0 && up >= wanted, have: up, wanted, missing, verdict: undefined };

  /** Kept from all its balancing rules on purpose: another node is active, or it has no pod of them. */
  function isIdle(member: Member): boolean {
    const own = states.filter((state) => state.member === member);
    return own.length > 0 && own.every(({ idle }) => idle !== undefined);
  }

  function healthOf(member: Member): HealthState {
    const all = states.filter((state) => state.member === member);
    const serving = all.filter(({ idle }) => idle === undefined);
    const own = (serving.length > 0 ? serving : all).map(({ state }) => state);
    return (
      (['down', 'unknown', 'not-measured'] as const).find((state) => own.includes(state)) ??
      (own.length > 0 ? 'up' : 'not-measured')
    );
  }
}

/** What the load balancer's answer says in two places and not alike: who its members are is not known then. */
function disagreementsOf({ disagreements, balancingRules }: LoadBalancer): readonly string[] {
  const said = disagreements.flatMap((reading) => {
    const state = open(reading);
    return 'gaps' in state ? state.gaps.map(({ because }) => because) : [];
  });
  return [...said, ...unlistedIn(balancingRules)];
}

export const seenVerdict = (verdict: Verdict): Pick<Seen, 'met' | 'verdict'> => ({ met: verdict === 'ok', verdict });

function notesOn({ kind, wanted }: Condition, serving: readonly Pool[]): readonly string[] {
  const members = serving.flatMap((pool) => pool.members).length;
  const unmeasured = serving.filter((pool) => pool.balancingRules.every((rule) => !rule.measured));
  return [
    ...(kind === 'healthy' && typeof wanted === 'number' && wanted > members
      ? [
          `There ${members === 1 ? 'is' : 'are'} ${counted(members, 'member')}: ${wanted} can't be healthy before ${wanted - members} more joined.`,
        ]
      : []),
    ...unmeasured.map(
      ({ name }) =>
        `Nothing measures health in ${name}: no balancing rule of it has a probe, so no member there counts as healthy.`,
    ),
    ...(serving.length === 0 ? ['No balancing rule uses a pool here, so nothing measures health.'] : []),
  ];
}

const seenMember = ({ key, name, pool }: Member, health: HealthState | undefined): SeenMember => ({
  key,
  name,
  pool: pool.name,
  health,
});

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
