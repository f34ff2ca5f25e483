import { lastSegment, sameId, sameName, subscriptionOf } from '../azure/ids.ts';
import { is } from '../azure/words.ts';
import { type Evidence, reading } from '../evidence/evidence.ts';
import { scaleSet as scaleSetQuestion } from '../evidence/questions/scale-set.ts';
import { scaleSets as scaleSetsQuestion } from '../evidence/questions/subscription-lists.ts';
import { Reading } from '../evidence/reading.ts';
import type { ExpectedPool } from '../expect/expectation.ts';
import { membershipOf } from '../expect/membership.ts';
import { scaleSetReading } from '../topology/compute.ts';
import { withMachines } from '../topology/members-with.ts';
import type { Gone, Member, Pool, ScaleSet } from '../topology/model.ts';

/** Who is in a pool of those that belong there. */
export interface Belonging {
  readonly have: number;
  readonly wanted: number;
  readonly missing: readonly string[];
}

/**
 * By the expectation where it says who belongs, else by the scale sets of the pool's members, or whose models name it.
 * Undefined inside: nothing says who belongs there.
 */
export function belongingOf(
  pool: Pool,
  expected: ExpectedPool | undefined,
  evidence: Evidence,
): Reading<Belonging | undefined> {
  const stated = expected?.members?.value;
  if (expected === undefined || stated === undefined) return byScaleSets(pool, undefined, evidence);
  if (stated.by === 'count') return Reading.known(counted(pool.members.length, stated.count ?? 0));
  if (stated.by === 'scaleSet') {
    return byScaleSets(pool, stated.name, evidence).map((found) =>
      found === undefined
        ? { have: 0, wanted: stated.count ?? 1, missing: [`any instance of scale set ${stated.name}`] }
        : withCount(found, stated.count, instancesOf(stated.name)),
    );
  }
  return membershipOf(pool, expected).map(({ missing, unexpected }) => {
    const have = pool.members.length - unexpected.length;
    return withCount({ have, wanted: have + missing.length, missing }, stated.count);
  });
}

type Noun = readonly [one: string, several: string];
const anyMember: Noun = ['member', 'members'];
const instancesOf = (set: string): Noun => [`instance of ${set}`, `instances of ${set}`];

const more = (count: number, noun: Noun): string => `${count} more ${noun[count === 1 ? 0 : 1]}`;

function counted(have: number, wanted: number, noun: Noun = anyMember): Belonging {
  return { have, wanted, missing: have < wanted ? [more(wanted - have, noun)] : [] };
}

function withCount(found: Belonging, count: number | undefined, noun: Noun = anyMember): Belonging {
  if (count === undefined || count <= found.wanted) return found;
  return { ...found, wanted: count, missing: [...found.missing, more(count - found.wanted, noun)] };
}

/** All of them together, or the one of that name. */
function byScaleSets(pool: Pool, name: string | undefined, evidence: Evidence): Reading<Belonging | undefined> {
  // An instance says by its id of which set it is; any other machine must be asked.
  const others = pool.members.filter(({ instance, nicId }) => instance === undefined && nicId !== undefined);
  return withMachines(others).andThen(() => {
    const own = pool.scaleSets.filter((set) => name === undefined || isCalled(name, set.id));
    const known: Reading<readonly { readonly id: string; readonly members: readonly Member[] }[]> =
      own.length > 0 || pool.members.length > 0 ? Reading.known(own) : setsNaming(pool, name, evidence);
    return known.andThen((sets) =>
      Reading.all(sets.map((set) => inSet(set, evidence))).map((each) =>
        each.length === 0 ? undefined : summed(each),
      ),
    );
  });
}

const isCalled = (name: string, id: string): boolean => sameName(lastSegment(id), name);

function summed(each: readonly Belonging[]): Belonging {
  return {
    have: each.reduce((sum, { have }) => sum + have, 0),
    wanted: each.reduce((sum, { wanted }) => sum + wanted, 0),
    missing: each.flatMap(({ missing }) => missing),
  };
}

/** A pool with nobody in it has scale sets only in their models: one list has those of the whole subscription. */
function setsNaming(
  pool: Pool,
  name: string | undefined,
  evidence: Evidence,
): Reading<readonly { readonly id: string; readonly members: readonly Member[] }[]> {
  const subscription = subscriptionOf(pool.id);
  return reading(evidence, scaleSetsQuestion, subscription).andThen((list) =>
    list.gone
      ? Reading.known([])
      : Reading.all(list.value.map(({ id }) => reading(evidence, scaleSetQuestion, id))).map((sets) =>
          sets.flatMap((set) => {
            if (set.gone) return [];
            const { id, virtualMachineProfile: profile } = set.value;
            const interfaces = profile?.networkProfile?.networkInterfaceConfigurations ?? [];
            const isNaming = interfaces.some(({ ipConfigurations = [] }) =>
              ipConfigurations.some(({ loadBalancerBackendAddressPools: pools = [] }) =>
                pools.some((one) => sameId(one.id, pool.id)),
              ),
            );
            const isWanted = name === undefined ? isNaming : isCalled(name, id);
            return isWanted ? [{ id, members: [] }] : [];
          }),
        ),
  );
}

/**
 * Of a Uniform set its instances, and those it has the capacity for and has not made yet; a Flexible one's capacity only,
 * as az lists no instances of it that tell their number while it grows.
 */
function inSet(
  { id, members }: { readonly id: string; readonly members: readonly Member[] },
  evidence: Evidence,
): Reading<Belonging> {
  const name = lastSegment(id);
  const capacity = reading(evidence, scaleSetQuestion, id).map((set) =>
    set.gone ? 0 : (set.value.sku?.capacity ?? 0),
  );
  return capacity.andThen((wanted) =>
    scaleSetReading(evidence, id).map((set: ScaleSet | Gone): Belonging => {
      if (set.gone) return { have: 0, wanted: 1, missing: [`scale set ${name}, which does not exist`] };
      if (is(set.orchestrationMode, 'Flexible')) return counted(members.length, wanted, instancesOf(name));
      const staying = set.instances.filter(({ provisioningState }) => !is(provisioningState, 'Deleting'));
      const joined = new Set(members.map(({ instance }) => instance?.instanceId));
      const left = staying.filter(({ instance }) => !joined.has(instance?.instanceId));
      const found = {
        have: staying.length - left.length,
        wanted: staying.length,
        missing: left.map((instance) => instance.name),
      };
      return withCount(found, wanted, instancesOf(name));
    }),
  );
}
