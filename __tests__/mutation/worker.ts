import { pathToFileURL } from 'node:url';
import type { Registered } from './jest-globals.ts';
import { type Answer, type Order, timeLimit } from './pool.ts';

/** What Stryker's instrumented code reads and writes. */
interface Switch {
  activeMutant: string | null;
  currentTestId: string | undefined;
  hitCount: number | undefined;
  hitLimit: number | undefined;
  readonly mutantCoverage: {
    readonly static: Readonly<Record<string, number>>;
    readonly perTest: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
}

const control: Switch = {
  activeMutant: null,
  currentTestId: undefined,
  hitCount: undefined,
  hitLimit: undefined,
  mutantCoverage: { static: {}, perTest: {} },
};
Object.assign(globalThis, { __stryker__: control });

const bundle = pathToFileURL(process.argv[2] ?? '').href;

async function loaded(copy: string): Promise<readonly Registered[]> {
  const module: { readonly tests: readonly Registered[] } = await import(`${bundle}?${copy}`);
  return module.tests;
}

const original = await loaded('original');
const answer = (made: Answer): unknown => process.send?.(made);

/** Runs every test on the product as it is, and notes which mutants each reaches. */
async function dryRun(): Promise<void> {
  const timed = [];
  for (const { name, run } of original) {
    control.currentTestId = name;
    const started = performance.now();
    let error: string | undefined;
    try {
      await run();
    } catch (thrown) {
      error = String(thrown);
    }
    timed.push({ name, error, milliseconds: performance.now() - started });
  }
  control.currentTestId = undefined;
  const { static: atLoad, perTest } = control.mutantCoverage;
  answer({ kind: 'dry', tests: timed, atLoad, perTest });
}

/** The first of these tests that fails with this mutant switched on, or what loading it threw. */
async function killer({ mutant, tests, reload, hitLimit }: Extract<Order, { kind: 'mutant' }>): Promise<string | null> {
  Object.assign(control, { activeMutant: mutant, hitCount: 0, hitLimit });
  try {
    const from = reload ? await loaded(mutant) : original;
    const byName = new Map(from.map((one) => [one.name, one.run]));
    for (const { name, milliseconds } of tests) {
      try {
        const run = byName.get(name);
        if (!run) return `${name} (no longer there)`;
        if ((await Promise.race([run(), late(milliseconds)])) === timeLimit) return timeLimit;
      } catch {
        return name;
      }
    }
    return null;
  } catch {
    return 'loading it';
  } finally {
    control.activeMutant = null;
  }
}

function late(milliseconds: number): Promise<string> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, timeLimit).unref());
}

process.on('message', async (order: Order) => {
  if (order.kind === 'dry') await dryRun();
  else answer({ kind: 'mutant', mutant: order.mutant, killer: await killer(order) });
});
answer({ kind: 'ready' });
