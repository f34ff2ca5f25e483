import { sameName } from '../azure/ids.ts';
import { machineOf } from '../diagnosis/members.ts';
import type { RuleVerdict } from '../diagnosis/verdict.ts';
import { open } from '../evidence/open.ts';
import type { Expectation, ExpectedPool } from '../expect/expectation.ts';
import { isStandbyIn } from '../expect/intent.ts';
import { activePassive } from '../topology/active-passive.ts';
import type { Member, Pool } from '../topology/model.ts';
import { enoughOf } from '../topology/taken-out.ts';
import { byName } from '../words/name-order.ts';
import { isServing } from './capacity.ts';

/** What must be left when members leave. */
export interface Wanted {
  /** Of --min-healthy: goes before what the file says. */
  readonly minHealthy: number | undefined;
  readonly expectation: Expectation | undefined;
}

type IsLeaving = (member: Member) => boolean;

/** Why too few would be up in these balancing rules, a reason each; none where enough are. */
export function shortfalls(verdicts: readonly RuleVerdict[], isLeaving: IsLeaving, wanted: Wanted): readonly string[] {
  return verdicts.flatMap((verdict) =>
    demandsOn(verdict, wanted).flatMap(({ isCounted, least, because, of }) => {
      const counted = verdict.states.filter(({ member }) => isCounted(member));
      const up = counted.filter((state) => isServing(state) && !isLeaving(state.member)).length;
      if (up >= least) return [];
      const unknown = counted.filter(({ member, state }) => state === 'unknown' && !isLeaving(member)).length;
      const said = unknown === 0 ? '' : `, and of ${unknown} nobody knows`;
      return [`${of} would have ${up} of ${counted.length} up${said}; at least ${least} must be (${because})`];
    }),
  );
}

interface Demand {
  readonly isCounted: IsLeaving;
  readonly least: number;
  readonly because: string;
  /** In words: the balancing rule, or what of it. */
  readonly of: string;
}

function demandsOn({ rule, states }: RuleVerdict, { minHealthy, expectation }: Wanted): readonly Demand[] {
  if (minHealthy !== undefined) {
    return [{ isCounted: () => true, least: minHealthy, because: '--min-healthy', of: rule.name }];
  }
  const expectedOf = (pool: Pool): ExpectedPool | undefined =>
    expectation?.pools.find(({ name }) => sameName(name, pool.name));
  const stated = rule.pools.flatMap((pool): readonly Demand[] => {
    const least = expectedOf(pool)?.smallestHealthy;
    if (least === undefined) return [];
    const because = `${expectation?.file}:${least.line}`;
    const of = rule.pools.length === 1 ? rule.name : `${pool.name} of ${rule.name}`;
    return [{ isCounted: (member) => member.pool === pool, least: least.value, because, of }];
  });
  const isUnsaid = ({ pool }: Member): boolean => expectedOf(pool)?.smallestHealthy === undefined;
  const isActive: IsLeaving = (member) =>
    isUnsaid(member) && !(expectation !== undefined && isStandbyIn(expectation, member));
  const active = states.filter(({ member }) => isActive(member));
  if (active.length === 0) return stated;
  const cluster = open(activePassive(rule));
  const isCluster = 'known' in cluster && cluster.known.meant;
  const half: Demand = {
    isCounted: isActive,
    least: isCluster ? 1 : enoughOf(active.length),
    because: isCluster
      ? 'of a cluster one node at a time: let another one take over first'
      : 'half of them, rounded up',
    of: rule.name,
  };
  return [...stated, half];
}

/** Zones in which somebody is up now and nobody would be, by pool. */
export interface EmptiedZones {
  readonly pool: Pool;
  readonly zones: readonly string[];
  /** Those of them that the file wants a member in, and where it says so. */
  readonly wanted: readonly string[];
  readonly at: string | undefined;
}

export function emptiedZones(
  verdicts: readonly RuleVerdict[],
  isLeaving: IsLeaving,
  expectation: Expectation | undefined,
): readonly EmptiedZones[] {
  const up = new Set(verdicts.flatMap(({ states }) => states.filter(isServing).map(({ member }) => member)));
  const pools = [...new Set([...up].map(({ pool }) => pool))];
  return pools.flatMap((pool): readonly EmptiedZones[] => {
    const own = [...up].filter((member) => member.pool === pool);
    const left = new Set(own.filter((member) => !isLeaving(member)).map(zoneOf));
    const zones = [...new Set(own.map(zoneOf))]
      .flatMap((zone) => (zone === undefined || left.has(zone) ? [] : [zone]))
      .sort(byName);
    if (zones.length === 0) return [];
    const said = expectation?.pools.find(({ name }) => sameName(name, pool.name))?.zones;
    const wanted = zones.filter((zone) => said?.value.includes(zone));
    return [{ pool, zones, wanted, at: said && `${expectation?.file}:${said.line}` }];
  });
}

const zoneOf = (member: Member): string | undefined => machineOf(member)?.zone;
