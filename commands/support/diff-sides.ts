import { stat } from 'node:fs/promises';
import type { Az } from '../../lib/az/call.ts';
import { AzError } from '../../lib/az/errors.ts';
import { lookingAtPools } from '../../lib/compare/looking-at-pools.ts';
import { onlyPool } from '../../lib/compare/one-pool.ts';
import { type Side, sideOf } from '../../lib/compare/side.ts';
import { type Masks, masks } from '../../lib/masking/mask.ts';
import { rules as everyRule } from '../../lib/rules/index.generated.ts';
import { type Examined, examine } from '../../lib/triage/triage.ts';
import { quoted } from '../../lib/words/quoted.ts';
import { type DiffOptions, decided, type SideSource, type Sources, sourcesOf } from './diff-sources.ts';
import { keptOfDiagnosis } from './recorded-case.ts';
import { theOne } from './target.ts';
import { UsageError } from './usage-error.ts';
import { type AzOptions, withAz } from './with-az.ts';

export interface Sides {
  readonly left: Side;
  readonly right: Side;
}

/** Both sides, asked one after the other. */
export async function sidesOf(options: DiffOptions): Promise<Sides> {
  const sources = sourcesOf(options);
  const { leftPool, rightPool } = options;
  // The same masks on both sides, or all names would differ.
  const common: Common = {
    ...options,
    begun: performance.now(),
    masking: options.mask === true ? masks() : undefined,
    pools: [leftPool, rightPool].filter((pool) => pool !== undefined),
  };
  if (options.mask === true) await learn([sources.left, sources.right], common);
  const left = await read(sources.left, common);
  const right =
    sources.right === undefined ? left : await read(decided(sources.right, left.description.id, options), common);
  return {
    left: ofPool(left, leftPool ?? rightPool),
    right: ofPool(distinct(right, left), rightPool ?? leftPool),
  };
}

type Common = AzOptions & { readonly masking: Masks | undefined; readonly pools: readonly string[] };

/** A text is masked by the names that are known by then: without this, the first side would be masked by fewer. */
async function learn(sources: readonly Sources[keyof Sources][], common: Common): Promise<void> {
  for (const source of sources) if (source?.kind === 'recording') await read(source, common);
}

async function read(source: SideSource, common: Common): Promise<Side> {
  const { mask, masking, record, timeout, begun, verbose, onlyShowErrors, pools } = common;
  if (source.kind === 'recording') {
    const { place: replay } = source;
    if ((await stat(replay).catch(() => undefined)) === undefined) {
      throw new UsageError(`There is no snapshot ${quoted(replay)}.`);
    }
    return sideOf(await examined({ replay, mask, masking, verbose, onlyShowErrors: true }, pools), replay);
  }
  const { replay = null } = source.options;
  const isQuiet = onlyShowErrors === true || replay !== null;
  const asked = { ...source.options, mask, masking, record, timeout, begun, verbose, onlyShowErrors: isQuiet };
  return sideOf(await examined(asked, pools), replay);
}

const examined = (options: AzOptions, pools: readonly string[]): Promise<Examined> =>
  withAz(
    options,
    (az, target, recordedAt) => {
      const one = theOne(target, 'A comparison is of one load balancer on each side');
      const rules = pools.length === 0 ? everyRule : [...everyRule, lookingAtPools(pools)];
      return examine(recordedAt === undefined ? az : withGaps(az), one, { recordedAt, rules });
    },
    ({ diagnosis }) => keptOfDiagnosis(diagnosis),
  );

/** What an older azlb never asked can't be compared: a gap, which is said, and no reason to compare nothing. */
const withGaps = (az: Az): Az => ({
  run: (argv, how) =>
    az.run(argv, how).catch((error: unknown) => {
      if (!(error instanceof AzError) || error.kind !== 'not-recorded') throw error;
      return { argv, exitCode: 1, stdout: '', stderr: `ERROR: ${unrecorded}\n`, seconds: 0 };
    }),
});

const unrecorded = 'The snapshot has no answer to it, because its azlb did not ask: take it again with this one.';

const ofPool = (side: Side, pool: string | undefined): Side => (pool === undefined ? side : onlyPool(side, pool));

/** Two that are called the same are told apart by subscription, or by when they were read. */
function distinct(right: Side, left: Side): Side {
  if (right === left || right.label !== left.label) return right;
  const { subscriptionId } = right.description;
  const isElsewhere = subscriptionId.toLowerCase() !== left.description.subscriptionId.toLowerCase();
  return { ...right, label: `${right.label} (${isElsewhere ? subscriptionId : 'right'})` };
}
