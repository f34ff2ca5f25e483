import { AzError } from '../../lib/az/errors.ts';
import { sameName } from '../../lib/azure/ids.ts';
import { expectationOf } from '../../lib/expect/match.ts';
import { type Leaving, planLeaving } from '../../lib/plan/leaving.ts';
import { membersNamed } from '../../lib/plan/named-members.ts';
import type { LoadBalancer, Member } from '../../lib/topology/model.ts';
import { examine } from '../../lib/triage/triage.ts';
import { quoted } from '../../lib/words/quoted.ts';
import type { ExpectOptions } from './expectations.ts';
import { guardedPlan } from './guarded-plan.ts';
import { type MemberOptions, memberTexts } from './member-options.ts';
import { noSuchPool } from './no-such-pool.ts';
import { planning } from './planning.ts';
import { UsageError } from './usage-error.ts';

interface LeavingOptions extends MemberOptions, ExpectOptions {
  readonly pool?: string | undefined;
  readonly minHealthy?: string | undefined;
}

/** The plan that takes members out of service, one way or the other. */
export function leaving(kind: Leaving['kind'], argv: Parameters<typeof planning>[0] & LeavingOptions): Promise<void> {
  const texts = memberTexts(argv);
  const minHealthy = healthyOf(argv.minHealthy);
  return planning(argv, async (az, target, how, { masked, expectations }) => {
    const examined = await examine(az, target, how);
    const { loadBalancer } = examined.topology;
    const pool = argv.pool === undefined ? undefined : poolNamed(loadBalancer, masked(argv.pool));
    const members = texts.flatMap((text) => membersCalled(loadBalancer, masked(text), pool));
    const expectation = expectationOf(expectations)(loadBalancer);
    const drawn = planLeaving(examined, { kind, members: [...new Set(members)], minHealthy, expectation });
    return guardedPlan(az, drawn, examined);
  });
}

function healthyOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,6}$/.test(text)) throw new UsageError('--min-healthy needs a whole number.');
  return Number(text);
}

/** The pool's own name, in its own case. */
export function poolNamed(loadBalancer: LoadBalancer, text: string): string {
  const own = loadBalancer.pools.find(({ name }) => sameName(name, text));
  if (own === undefined) throw noSuchPool(`--pool ${quoted(text, 120)}`, loadBalancer, text);
  return own.name;
}

function membersCalled(loadBalancer: LoadBalancer, text: string, pool: string | undefined): readonly Member[] {
  const found = membersNamed(loadBalancer, text, pool);
  if ('members' in found) return found.members;
  const where = pool === undefined ? loadBalancer.name : `pool ${pool} of ${loadBalancer.name}`;
  if (found.problem === 'several') {
    const keys = found.candidates.join(', ');
    throw new UsageError(`${quoted(text, 200)} is several members of ${where}: ${keys}. Name one by its key.`);
  }
  if (found.unread.length > 0) {
    const because = found.unread.join('; ');
    throw new AzError(
      'unreadable',
      `Nobody in ${where} is known as ${quoted(text, 200)}, and not all was read: ${because}`,
    );
  }
  const keys = loadBalancer.pools.flatMap(({ members }) => members.map(({ key }) => key));
  const there = keys.length === 0 ? 'It has no members.' : `Its members: ${keys.slice(0, 20).join(', ')}.`;
  throw new AzError('not-found', `Nobody in ${where} is called ${quoted(text, 200)}. ${there}`);
}
