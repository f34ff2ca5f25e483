import { AzError } from '../../lib/az/errors.ts';
import { expectationOf } from '../../lib/expect/match.ts';
import { isAddress } from '../../lib/network/address.ts';
import { planJoining } from '../../lib/plan/joining.ts';
import type { Candidate } from '../../lib/plan/place.ts';
import type { LoadBalancer } from '../../lib/topology/model.ts';
import { examine } from '../../lib/triage/triage.ts';
import { type LookedUp, lookUp } from '../../lib/view/find/look-up.ts';
import { quoted } from '../../lib/words/quoted.ts';
import { guardedPlan } from './guarded-plan.ts';
import { poolNamed } from './leaving.ts';
import { type MemberOptions, memberTexts } from './member-options.ts';
import { planning } from './planning.ts';
import { UsageError } from './usage-error.ts';

/** The plan that puts machines into a pool. */
export function adding(
  argv: Parameters<typeof planning>[0] & MemberOptions & { readonly pool: string },
): Promise<void> {
  const texts = memberTexts(argv);
  return planning(argv, async (az, target, how, { masked, expectations }) => {
    const examined = await examine(az, target, how);
    const { loadBalancer } = examined.topology;
    const name = poolNamed(loadBalancer, masked(argv.pool));
    const lookedUp = await lookUp(az, loadBalancer.id, examined.evidence, texts.map(masked));
    const candidates = candidatesOf(lookedUp, loadBalancer);
    const { evidence, others, publicSkus, unread } = lookedUp;
    const drawn = loadBalancer.pools
      .filter((pool) => pool.name === name)
      .map((pool) => {
        const expectation = expectationOf(expectations)(loadBalancer);
        const joining = { pool, candidates, expectation, others, publicSkus, unread };
        return planJoining({ ...examined, evidence }, joining);
      });
    const [only] = drawn;
    if (only === undefined) throw new Error(`Pool ${name} was there.`);
    return guardedPlan(az, only, { ...examined, evidence });
  });
}

/**
 * One candidate a text; a scale set stands for all its instances.
 * @internal for its test
 */
export function candidatesOf({ found, unread }: LookedUp, { name: loadBalancer }: LoadBalancer): readonly Candidate[] {
  return found.flatMap(({ text, resolved: all }) => {
    const resolved = all.filter(({ units }) => units.length > 0);
    const [only, ...others] = resolved;
    if (others.length > 0) {
      const ids = resolved.map(({ thing }) => thing.id ?? thing.name).join(', ');
      throw new UsageError(`${quoted(text, 200)} is several things: ${ids}. Name one by its id.`);
    }
    if (only !== undefined) {
      return only.units.map(({ name, machine, interfaces }) => ({ text, name, machine, interfaces }));
    }
    if (isAddress(text)) return [{ text, name: text, machine: undefined, interfaces: [] }];
    const what = `Nothing in the subscription of ${loadBalancer} that could join a pool is called ${quoted(text, 200)}`;
    if (unread.length > 0) throw new AzError('unreadable', `${what}, and not all was read: ${unread.join('; ')}`);
    throw new AzError('not-found', `${what}.`);
  });
}
