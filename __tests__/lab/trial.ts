import type { AzVersion } from '../world/az-printing.ts';
import { fault, healthDenied, metricsAreOld, metricsDenied, readerOnly } from '../world/changes.ts';
import { type FaultKind as AzFaultKind, type Change, change, type World } from '../world/world.ts';
import { isVisibleBeside, type Placed } from './fault.ts';
import { faultKinds } from './faults/index.ts';
import { healthyScene } from './generate.ts';
import { inject } from './inject.ts';
import { type Random, randomFrom } from './random.ts';
import type { Scene } from './scene.ts';

export const trialKinds = ['healthy', 'one', 'two', 'rights', 'az'] as const;
export type TrialKind = (typeof trialKinds)[number];

/** A world with what is wrong in it, and how az is asked about it. All of it follows from the seed. */
export interface Trial {
  readonly seed: number;
  readonly kind: TrialKind;
  readonly scene: Scene;
  readonly world: World;
  readonly injections: readonly Placed[];
  /** Those of them that a diagnosis can tell. */
  readonly visible: readonly Placed[];
  readonly version: AzVersion;
  readonly rights: Rights | undefined;
  /** Where and how asking goes wrong is chosen among the requests of a run where it doesn't. */
  readonly random: Random;
}

export interface Rights {
  readonly told: string;
  readonly change: Change;
  /** Whether health can still be read somewhere. */
  readonly measured: boolean;
}

const rights: readonly Rights[] = [
  { told: 'a Reader', change: readerOnly(), measured: true },
  { told: 'health denied', change: healthDenied(), measured: true },
  { told: 'metrics denied', change: metricsDenied(), measured: true },
  {
    told: 'a Reader, metrics denied',
    change: (world) => change(world, readerOnly(), metricsDenied()),
    measured: false,
  },
  {
    told: 'a Reader, metrics half an hour old',
    change: (world) => change(world, readerOnly(), metricsAreOld(30)),
    measured: false,
  },
];

const shares: readonly (readonly [TrialKind, number])[] = [
  ['healthy', 0.2],
  ['one', 0.4],
  ['two', 0.2],
  ['rights', 0.08],
  ['az', 0.12],
];

export function trialOf(seed: number): Trial {
  const random = randomFrom(seed);
  const kind = kindAt(random.next());
  const scene = healthyScene(random);
  const count = kind === 'healthy' ? 0 : kind === 'one' ? 1 : kind === 'two' ? 2 : random.int(0, 1);
  const injections = inject(scene, random, count, faultKinds);
  const visible = injections.filter((one) => injections.every((other) => other === one || isVisibleBeside(one, other)));
  const chosen = kind === 'rights' ? random.pick(rights) : undefined;
  const broken = change(scene.world, ...injections.map((each) => each.change));
  return {
    seed,
    kind,
    scene,
    world: chosen === undefined ? broken : change(broken, chosen.change),
    injections,
    visible,
    // az before 2.60 or so doesn't carry noHealthyBackendsBehavior.
    version: injections.some(({ names }) => names.includes('all-probed-up-enabled'))
      ? '2.91.0'
      : random.pick(['2.91.0', '2.91.0', '2.91.0', '2.50.0', '2.45.0'] as const),
    rights: chosen,
    random,
  };
}

function kindAt(place: number): TrialKind {
  let reached = 0;
  for (const [kind, share] of shares) {
    reached += share;
    if (place < reached) return kind;
  }
  return 'healthy';
}

const azFaultKinds: readonly AzFaultKind[] = [
  'denied',
  'not-found',
  'throttled',
  'server-error',
  'slow',
  'cut',
  'cut-with-length',
  'html',
  'not-json',
  'times-out',
];

export interface AzFault {
  readonly kind: AzFaultKind;
  /** `METHOD /path` */
  readonly request: string;
  readonly change: Change;
}

/** One of the requests that were made goes wrong from now on. */
export function azFaultAmong(
  requests: readonly { readonly method: string; readonly url: string; readonly status: number }[],
  random: Random,
): AzFault {
  const { method, url, status } = random.pick(requests);
  const path = url.split('?')[0] ?? '';
  const request = `${method} ${path}`;
  const chosen = random.pick(azFaultKinds);
  // An accepted action answers nothing: there is nothing to cut.
  const kind = status === 202 && chosen.startsWith('cut') ? 'slow' : chosen;
  const on = new RegExp(`^${request.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(\\?|$)`, 'i');
  return { kind, request, change: fault({ on, kind }) };
}
