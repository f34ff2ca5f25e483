import type { Az, Call } from '../../lib/az/call.ts';
import { AzError } from '../../lib/az/errors.ts';
import { exitCode } from '../../lib/diagnosis/exit-code.ts';
import { verdicts } from '../../lib/diagnosis/verdict.ts';
import { expecting } from '../../lib/expect/triage.ts';
import { triage } from '../../lib/triage/triage.ts';
import { triageMany } from '../../lib/triage/triage-many.ts';
import { meantBy } from '../../lib/wait/meant.ts';
import { wait } from '../../lib/wait/wait.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { loadBalancerOf } from '../world/healthy.ts';
import type { World } from '../world/world.ts';

/** The ways to ask about a world's load balancer that end with a word on how it is. */
export const ways = ['triage', 'group triage', 'wait'] as const;
export type Way = (typeof ways)[number];

/** What it ends with: the higher the better. `exits` is whether the exit code says that all is well. */
export interface End {
  readonly rank: number;
  readonly exits: boolean;
  /** Of how many members it says that nothing is known. */
  readonly unknown?: number;
  readonly said: string;
}

/** An az that remembers what it printed, so that a world is rendered once. */
export function remembering(world: World): { readonly az: Az; readonly calls: () => readonly Call[] } {
  const memory = azInMemory(world);
  const known = new Map<string, Call>();
  const isPending = (call: Call) =>
    call.exitCode === 0 && call.stdout.trim() === '' && call.argv.includes('--method=get');
  return {
    az: {
      run: async (argv, options) => {
        const command = argv.join(' ');
        const call = known.get(command) ?? (await memory.run(argv, options));
        if (!isPending(call)) known.set(command, call);
        return call;
      },
    },
    calls: () => [...known.values()],
  };
}

export async function ended(way: Way, az: Az, world: World): Promise<End> {
  try {
    return await endOf(way, az, world);
  } catch (error) {
    if (!(error instanceof AzError)) throw error;
    return { rank: -1, exits: false, said: `${error.kind}: ${error.message}` };
  }
}

const unknownIn = ({ balancingRules }: Diagnosis): number =>
  balancingRules.reduce((sum, { members }) => sum + members.unknown, 0);

async function endOf(way: Way, az: Az, world: World): Promise<End> {
  const { id, name } = loadBalancerOf(world);
  const resourceGroup = id.split('/')[4];
  const target = { kind: 'named', name, resourceGroup, subscription: undefined } as const;
  const { clock: recordedAt } = world;
  if (way === 'triage') {
    const diagnosis = await triage(az, target, { recordedAt });
    return {
      rank: verdicts.indexOf(diagnosis.verdict),
      exits: exitCode(diagnosis, 'high') === 0,
      unknown: unknownIn(diagnosis),
      said: diagnosis.verdict,
    };
  }
  if (way === 'group triage') {
    const scope = { kind: 'scope', resourceGroup, subscription: undefined } as const;
    const diagnoses = await triageMany(az, scope, { recordedAt });
    const own = diagnoses.loadBalancers.find(({ loadBalancer }) => loadBalancer.id.toLowerCase() === id.toLowerCase());
    const exits = exitCode(diagnoses, 'high') === 0;
    // A list without it says nothing of it.
    if (!own) return { rank: -1, exits: false, said: 'not listed' };
    return { rank: verdicts.indexOf(own.verdict), exits, unknown: unknownIn(own), said: own.verdict };
  }
  const outcome = await wait(az, {
    target,
    condition: { kind: 'healthy', wanted: 'all' },
    place: () => ({ pool: undefined, balancingRule: undefined }),
    rules: expecting([]).rules,
    meantOf: meantBy([]),
    expectation: undefined,
    recordedAt,
    timeoutSeconds: 1,
    interval: 'auto',
    clock: { now: () => 0, sleep: async () => {} },
    onLook: () => {},
  });
  const isMet = outcome.outcome === 'met-in-recording';
  return { rank: isMet ? 1 : 0, exits: isMet, said: outcome.outcome };
}
