import type { TargetOptions } from './target.ts';
import { UsageError } from './usage-error.ts';
import type { AzOptions } from './with-az.ts';

export interface DiffOptions extends AzOptions {
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

type SourceOptions = TargetOptions & Pick<AzOptions, 'replay'>;

/** Where a side is read from. */
export type SideSource =
  | { readonly kind: 'recording'; readonly place: string }
  | { readonly kind: 'asked'; readonly options: SourceOptions };

/** The left side's load balancer, as it is now. */
interface LeftAgain {
  readonly kind: 'left again';
}

export interface Sources {
  readonly left: SideSource;
  /** Undefined: two pools of the left one. */
  readonly right: SideSource | LeftAgain | undefined;
}

/** What the options name, on each side once. */
export function sourcesOf(options: DiffOptions): Sources {
  const left = oneOf('left', leftSources(options));
  const right = oneOf('right', rightSources(options));
  if (left === undefined) throw new UsageError(`Nothing to compare. ${usage}`);
  if (right === undefined && (options.leftPool === undefined || options.rightPool === undefined)) {
    throw new UsageError(`Only one side is named. ${usage}`);
  }
  const areBothAsked = left.kind === 'asked' && right !== undefined && right.kind !== 'recording';
  if (options.record !== undefined && areBothAsked) {
    throw new UsageError('--record keeps one load balancer: take two snapshots, and compare these.');
  }
  return { left, right };
}

/** --live asks for what the snapshot is of, unless something else is named. */
export function decided(source: SideSource | LeftAgain, leftId: string, options: DiffOptions): SideSource {
  if (source.kind !== 'left again') return source;
  const isOther = [options.resourceGroup, options.name, options.ids].some((value) => value !== undefined);
  return { kind: 'asked', options: isOther ? targetIn(options) : { ids: [leftId], replay: options.replay } };
}

const usage =
  'azlb diff BEFORE AFTER, azlb diff BEFORE --live, azlb diff --left GROUP/NAME --right GROUP/NAME, or azlb diff -g GROUP -n NAME --left-pool POOL --right-pool POOL.';

const leftSources = (options: DiffOptions): readonly SideSource[] => [
  ...recordingIn(options.before),
  ...namedIn(options.left, options.leftSubscription, '--left'),
  ...(options.live !== true && isNamed(options) ? [{ kind: 'asked', options: targetIn(options) } as const] : []),
];

const rightSources = (options: DiffOptions): readonly (SideSource | LeftAgain)[] => [
  ...recordingIn(options.after),
  ...namedIn(options.right, options.rightSubscription, '--right'),
  ...(options.live === true ? [{ kind: 'left again' } as const] : []),
];

const recordingIn = (place: string | undefined): readonly SideSource[] =>
  place === undefined ? [] : [{ kind: 'recording', place }];

const isNamed = ({ resourceGroup, name, ids, subscription, replay }: SourceOptions): boolean =>
  [resourceGroup, name, ids, subscription, replay].some((value) => value !== undefined);

const targetIn = ({ resourceGroup, name, ids, subscription, replay }: SourceOptions): SourceOptions => ({
  resourceGroup,
  name,
  ids,
  subscription,
  replay,
});

function oneOf<T>(which: string, sources: readonly T[]): T | undefined {
  if (sources.length > 1) throw new UsageError(`The ${which} side is named more than once. ${usage}`);
  return sources[0];
}

/** GROUP/NAME, NAME in az's default group, or a resource id. */
function namedIn(text: string | undefined, subscription: string | undefined, option: string): readonly SideSource[] {
  if (text === undefined) return [];
  if (text.startsWith('/') || /^https:\/\//i.test(text)) {
    return [{ kind: 'asked', options: { ids: [text], subscription } }];
  }
  const [first = '', second, ...more] = text.split('/');
  if (more.length > 0 || first === '' || second === '') {
    throw new UsageError(`${option} is GROUP/NAME or the resource id of a load balancer.`);
  }
  const target = second === undefined ? { name: first } : { resourceGroup: first, name: second };
  return [{ kind: 'asked', options: { ...target, subscription } }];
}
