import { stat } from 'node:fs/promises';
import type { Az } from '../lib/az/call.ts';
import { AzError } from '../lib/az/errors.ts';
import { onlyPool } from '../lib/compare/one-pool.ts';
import { type Side, sideOf } from '../lib/compare/side.ts';
import { type Masks, masks } from '../lib/masking/mask.ts';
import { type Examined, examine } from '../lib/triage/triage.ts';
import { quoted } from '../lib/words/quoted.ts';
import { type AskingOptions, asking } from './asking.ts';
import { UsageError } from './usage-error.ts';

export interface DiffOptions extends AskingOptions {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly live?: boolean | undefined;
  readonly left?: string | undefined;
  readonly right?: string | undefined;
  readonly leftSubscription?: string | undefined;
  readonly rightSubscription?: string | undefined;
  readonly leftPool?: string | undefined;
  readonly rightPool?: string | undefined;
}

export interface Sides {
  readonly left: Side;
  readonly right: Side;
}

/** Where a side is read from. */
type Source =
  | { readonly kind: 'recording'; readonly place: string }
  | { readonly kind: 'asked'; readonly options: AskingOptions }
  /** The left side's load balancer, as it is now. */
  | { readonly kind: 'left again' };

/** Both sides, asked one after the other. */
export async function sidesOf(options: DiffOptions): Promise<Sides> {
  const leftSource = oneOf('left', leftSources(options));
  const rightSource = oneOf('right', rightSources(options));
  const { leftPool, rightPool } = options;
  if (leftSource === undefined) throw new UsageError(`Nothing to compare. ${usage}`);
  if (rightSource === undefined && (leftPool === undefined || rightPool === undefined)) {
    throw new UsageError(`Only one side is named. ${usage}`);
  }
  const isAsked = (source: Source | undefined) => source !== undefined && source.kind !== 'recording';
  if (options.record !== undefined && isAsked(leftSource) && isAsked(rightSource)) {
    throw new UsageError('--record keeps one load balancer: take two snapshots, and compare these.');
  }
  // The same masks on both sides, or all names would differ.
  const common: Common = { ...options, begun: performance.now(), masking: options.mask === true ? masks() : undefined };
  if (options.mask === true) await learn([leftSource, rightSource], common);
  const left = await read(leftSource, common);
  const right = rightSource === undefined ? left : await read(again(rightSource, left, options), common);
  return {
    left: ofPool(left, leftPool ?? rightPool),
    right: ofPool(distinct(right, left), rightPool ?? leftPool),
  };
}

/** A text is masked by the names that are known by then: without this, the first side would be masked by fewer. */
async function learn(sources: readonly (Source | undefined)[], common: Common): Promise<void> {
  for (const source of sources) if (source?.kind === 'recording') await read(source, common);
}

const usage =
  'azlb diff BEFORE AFTER, azlb diff BEFORE --live, azlb diff --left GROUP/NAME --right GROUP/NAME, or azlb diff -g GROUP -n NAME --left-pool POOL --right-pool POOL.';

type Common = AskingOptions & { readonly masking: Masks | undefined };

const leftSources = (options: DiffOptions): readonly Source[] => [
  ...(options.before === undefined ? [] : [{ kind: 'recording', place: options.before } as const]),
  ...(options.left === undefined ? [] : [named(options.left, options.leftSubscription, '--left')]),
  ...(options.live !== true && isNamed(options) ? [{ kind: 'asked', options: targetIn(options) } as const] : []),
];

const rightSources = (options: DiffOptions): readonly Source[] => [
  ...(options.after === undefined ? [] : [{ kind: 'recording', place: options.after } as const]),
  ...(options.right === undefined ? [] : [named(options.right, options.rightSubscription, '--right')]),
  ...(options.live === true ? [{ kind: 'left again' } as const] : []),
];

const isNamed = ({ resourceGroup, name, ids, subscription, replay }: DiffOptions): boolean =>
  [resourceGroup, name, ids, subscription, replay].some((value) => value !== undefined);

const targetIn = ({ resourceGroup, name, ids, subscription, replay }: AskingOptions): AskingOptions => ({
  resourceGroup,
  name,
  ids,
  subscription,
  replay,
});

function oneOf(which: string, sources: readonly Source[]): Source | undefined {
  if (sources.length > 1) throw new UsageError(`The ${which} side is named more than once. ${usage}`);
  return sources[0];
}

/** GROUP/NAME, NAME in az's default group, or a resource id. */
function named(text: string, subscription: string | undefined, option: string): Source {
  if (text.startsWith('/') || /^https:\/\//i.test(text)) {
    return { kind: 'asked', options: { ids: [text], subscription } };
  }
  const [first = '', second, ...more] = text.split('/');
  if (more.length > 0 || first === '' || second === '') {
    throw new UsageError(`${option} is GROUP/NAME or the resource id of a load balancer.`);
  }
  const target = second === undefined ? { name: first } : { resourceGroup: first, name: second };
  return { kind: 'asked', options: { ...target, subscription } };
}

/** --live asks for what the snapshot is of, unless something else is named. */
function again(source: Source, { description }: Side, options: DiffOptions): Source {
  if (source.kind !== 'left again') return source;
  const isOther = [options.resourceGroup, options.name, options.ids].some((value) => value !== undefined);
  const own = { ids: [description.id], replay: options.replay };
  return { kind: 'asked', options: isOther ? targetIn(options) : own };
}

async function read(source: Source, common: Common): Promise<Side> {
  if (source.kind === 'recording') {
    const found = await stat(source.place).catch(() => undefined);
    if (found === undefined) throw new UsageError(`There is no snapshot ${quoted(source.place)}.`);
    const { mask, masking, verbose } = common;
    const examined = await examinedOne({ replay: source.place, mask, masking, verbose, onlyShowErrors: true });
    return sideOf(examined, source.place);
  }
  if (source.kind === 'left again') throw new Error('What to ask again was not decided.');
  const { mask, masking, record, timeout, begun, verbose, onlyShowErrors } = common;
  const { replay = null } = source.options;
  const isQuiet = onlyShowErrors === true || replay !== null;
  const asked = { ...source.options, mask, masking, record, timeout, begun, verbose, onlyShowErrors: isQuiet };
  return sideOf(await examinedOne(asked), replay);
}

async function examinedOne(options: Common): Promise<Examined> {
  let found: Examined | undefined;
  await asking(options, async (az, target, recordedAt) => {
    if (target.kind !== 'named' && target.kind !== 'id') {
      throw new UsageError('A comparison is of one load balancer on each side: -g GROUP -n NAME, or --ids ID.');
    }
    found = await examine(recordedAt === undefined ? az : withGaps(az), target, { recordedAt });
    return found.diagnosis;
  });
  if (found === undefined) throw new Error('Nothing was examined.');
  return found;
}

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
