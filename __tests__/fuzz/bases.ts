import { exitOf } from '../../commands/support/exit.ts';
import type { Az, Call } from '../../lib/az/call.ts';
import { AzError } from '../../lib/az/errors.ts';
import { exitCode } from '../../lib/diagnosis/exit-code.ts';
import { type Verdict, verdicts } from '../../lib/diagnosis/verdict.ts';
import { triage } from '../../lib/triage/triage.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { azInMemory, type InMemoryAz } from '../world/az-in-memory.ts';
import { deallocated, listenerStopped, nicDenies, readerOnly, subnetDenies } from '../world/changes.ts';
import { healthyGlobalWorld, healthyWorld, loadBalancerOf } from '../world/healthy.ts';
import { availabilityGroup } from '../world/shapes/clusters.ts';
import { kubernetesWorld } from '../world/shapes/kubernetes.ts';
import { instancesByAddress, probedOnItsOwnPort } from '../world/shapes/web.ts';
import { type Change, change, type World } from '../world/world.ts';

/** Worlds of each shape, healthy and broken, whose answers are spoiled. */
const broken =
  (world: World, ...changes: readonly Change[]): (() => World) =>
  () =>
    change(world, ...changes);
export const worlds: Readonly<Record<string, () => World>> = {
  healthy: () => healthyWorld({ members: 2 }),
  'a public one of addresses': () => healthyWorld({ members: 2, membership: 'ip' }),
  'an internal one': () => healthyWorld({ members: 2, internal: true }),
  'a Uniform set': () => healthyWorld({ members: 2, membership: 'uniform' }),
  'a Flexible set': () => healthyWorld({ members: 2, membership: 'flexible' }),
  'both families': () => healthyWorld({ members: 2, ipv6: true }),
  Basic: () => healthyWorld({ members: 2, sku: 'Basic' }),
  Gateway: () => healthyWorld({ members: 2, sku: 'Gateway' }),
  Global: () => healthyGlobalWorld(),
  'a cluster': () => availabilityGroup(),
  Kubernetes: () => kubernetesWorld({}),
  'instances by address': () => instancesByAddress(),
  'a probe port of its own': () => probedOnItsOwnPort(),
  'a Reader': broken(healthyWorld({ members: 2 }), readerOnly()),
  'a denying subnet': broken(healthyWorld({ members: 2 }), subnetDenies()),
  'a denying subnet of addresses': broken(healthyWorld({ members: 2, membership: 'ip' }), subnetDenies()),
  'a denying interface': broken(healthyWorld({ members: 2 }), nicDenies('web-1')),
  'a machine that is off': broken(healthyWorld({ members: 2 }), deallocated('web-2')),
  'an instance that is off': broken(healthyWorld({ members: 2, membership: 'uniform' }), deallocated('web_2')),
  'nobody listens': broken(healthyWorld({ members: 2 }), listenerStopped('web-1'), listenerStopped('web-2')),
};

/** A run where nothing was spoiled. */
export interface Base {
  readonly name: string;
  readonly world: World;
  readonly calls: readonly Call[];
  /** What az asked of Azure for it. */
  readonly requests: InMemoryAz['requests'];
  readonly verdict: Verdict;
  readonly exitCode: number;
}

export async function baseOf(name: string): Promise<Base> {
  const world = worlds[name]?.();
  if (world === undefined) throw new Error(`There is no world ${name}`);
  const az = azInMemory(world);
  const diagnosis = await diagnosed(az, world);
  const { calls, requests } = az;
  return { name, world, calls, requests, verdict: diagnosis.verdict, exitCode: exitCode(diagnosis, 'high') };
}

export async function everyBase(): Promise<readonly Base[]> {
  const made: Base[] = [];
  for (const name of Object.keys(worlds)) made.push(await baseOf(name));
  return made;
}

export function diagnosed(az: Az, world: World): Promise<Diagnosis> {
  const { name, id } = loadBalancerOf(world);
  const target = { kind: 'named', name, resourceGroup: id.split('/')[4] ?? '', subscription: undefined } as const;
  return triage(az, target, { recordedAt: world.clock });
}

/** An az that answers as in the base, and of what is asked beyond it as the world does. */
export function again({ world, calls }: Base, spoiled: (call: Call, at: number) => Call): Az {
  const memory = azInMemory(world);
  const waiting = new Map<string, Call[]>();
  calls.forEach((call, at) => {
    const key = call.argv.join(' ');
    waiting.set(key, [...(waiting.get(key) ?? []), spoiled(call, at)]);
  });
  return {
    async run(argv, options) {
      const list = waiting.get(argv.join(' '));
      const call = list !== undefined && list.length > 1 ? list.shift() : list?.[0];
      return call ?? memory.run(argv, options);
    },
  };
}

export type Ending =
  | { readonly kind: 'diagnosis'; readonly diagnosis: Diagnosis }
  | { readonly kind: 'refused'; readonly because: string; readonly exitCode: number }
  | { readonly kind: 'crash'; readonly because: string };

export async function endingOf(run: () => Promise<Diagnosis>): Promise<Ending> {
  try {
    return { kind: 'diagnosis', diagnosis: await run() };
  } catch (error) {
    if (error instanceof AzError)
      return { kind: 'refused', because: error.message, exitCode: exitOf(error, false).code };
    return { kind: 'crash', because: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** Nothing that was spoiled may make anything look fine that was not. */
export function isBetter(verdict: Verdict, than: Verdict): boolean {
  return ['at-risk', 'ok'].includes(verdict) && verdicts.indexOf(verdict) > verdicts.indexOf(than);
}
