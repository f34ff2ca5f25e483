import type { Az, Call } from '../../lib/az/call.ts';
import { AzError } from '../../lib/az/errors.ts';
import type { Target } from '../../lib/collect/target.ts';
import type { Expectation } from '../../lib/expect/expectation.ts';
import { expecting } from '../../lib/expect/triage.ts';
import type { Condition } from '../../lib/wait/condition.ts';
import { meantBy } from '../../lib/wait/meant.ts';
import { type ToldLook, wait } from '../../lib/wait/wait.ts';
import type { WaitOutcome } from '../../schemas/wait.generated.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import type { World } from '../world/world.ts';

export interface Waiting {
  readonly condition: Condition;
  readonly pool?: string;
  readonly balancingRule?: string;
  readonly timeoutSeconds?: number;
  readonly interval?: number | 'auto';
  readonly recordedAt?: string;
  readonly expectations?: readonly Expectation[];
  /** A signal comes in this sleep between looks, counted from 1. */
  readonly interruptedInSleep?: number;
  /** Another than `web-lb` in `shop-rg`. */
  readonly target?: Target;
}

export interface Waited {
  readonly outcome: WaitOutcome;
  readonly told: readonly ToldLook[];
  /** The az commands of each look, without options. */
  readonly asked: readonly (readonly string[])[];
  readonly seconds: number;
}

const name = { kind: 'named', name: 'web-lb', resourceGroup: 'shop-rg', subscription: undefined } as const;

/** Waits on an Azure that is another world at each look (the first is 0), with a clock that only sleeping moves. */
export async function waiting(worldAt: (look: number) => World, what: Waiting): Promise<Waited> {
  let seconds = 0;
  let sleeps = 0;
  const asked: string[][] = [];
  const told: ToldLook[] = [];
  let inner: Az = azInMemory(worldAt(0));
  const az: Az = {
    run: async (argv, options): Promise<Call> => {
      const words = argv
        .slice(
          0,
          argv.findIndex((word) => word.startsWith('-')),
        )
        .join(' ');
      if (words === 'network lb show') {
        inner = azInMemory(worldAt(asked.length));
        asked.push([]);
      }
      asked.at(-1)?.push(words === 'rest' ? `rest ${argv[1]?.replace('--method=', '')}` : words);
      seconds += options?.afterSeconds ?? 0;
      return inner.run(argv, options);
    },
  };
  const expectations = what.expectations ?? [];
  const outcome = await wait(az, {
    target: what.target ?? name,
    condition: what.condition,
    place: () => ({ pool: what.pool, balancingRule: what.balancingRule }),
    rules: expecting(expectations).rules,
    meantOf: meantBy(expectations),
    expectation: expectations[0]?.file,
    recordedAt: what.recordedAt,
    timeoutSeconds: what.timeoutSeconds ?? 600,
    interval: what.interval ?? 'auto',
    clock: {
      now: () => seconds,
      sleep: async (time) => {
        sleeps += 1;
        if (sleeps === what.interruptedInSleep) throw new AzError('interrupted', 'Interrupted while waiting.');
        seconds += time;
      },
    },
    onLook: (look) => told.push(look),
  });
  return { outcome, told, asked, seconds };
}
