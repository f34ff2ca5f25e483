import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** How often each mutant was reached, by its id. */
export type Hits = Readonly<Record<string, number>>;

export type Order =
  | { readonly kind: 'dry' }
  | {
      readonly kind: 'mutant';
      readonly mutant: string;
      /** The tests that are tried, in order, with how long each may take. */
      readonly tests: readonly { readonly name: string; readonly milliseconds: number }[];
      /** It sits in code that runs when the module loads: a fresh copy of the product is needed. */
      readonly reload: boolean;
      /** Reached more often than this, it is an endless loop. */
      readonly hitLimit: number;
    };

export interface DryRun {
  readonly kind: 'dry';
  readonly tests: readonly {
    readonly name: string;
    readonly error: string | undefined;
    readonly milliseconds: number;
  }[];
  readonly atLoad: Hits;
  readonly perTest: Readonly<Record<string, Hits>>;
}

export type Answer =
  | { readonly kind: 'ready' }
  | DryRun
  | { readonly kind: 'mutant'; readonly mutant: string; readonly killer: string | null };

/** What kills a mutant whose test does not end. */
export const timeLimit = 'the time limit';

/** Copies of the product can't be unloaded: after this many a worker is replaced. */
const mostReloads = 80;

/** A process that holds the product and its tests, started when first needed and again after it was ended. */
export class Worker {
  readonly #bundle: string;
  #process: Promise<ChildProcess> | undefined;
  #reloads = 0;

  constructor(bundle: string) {
    this.#bundle = bundle;
  }

  /** Runs every test once on the product as it is. */
  async dryRun(): Promise<DryRun> {
    const answer = await this.#ask({ kind: 'dry' }, 600_000);
    if (answer?.kind !== 'dry') throw new Error('The tests did not end.');
    return answer;
  }

  /** The test that a mutant makes fail, null when none does. */
  async killer(order: Extract<Order, { kind: 'mutant' }>): Promise<string | null> {
    if (order.reload) this.#reloads += 1;
    // The worker looks at its watch between tests and while one waits; for one that never lets go of it there is this.
    const answer = await this.#ask(order, 20_000 + order.tests.reduce((sum, one) => sum + one.milliseconds, 0) / 4);
    const killer = answer?.kind === 'mutant' ? answer.killer : timeLimit;
    // A test that was not waited for goes on, and would reach the next mutant.
    if (this.#reloads >= mostReloads || killer === timeLimit) await this.end();
    return killer;
  }

  async end(): Promise<void> {
    const child = await this.#process;
    this.#process = undefined;
    this.#reloads = 0;
    child?.kill('SIGKILL');
  }

  /** The worker's answer; undefined, and the worker ended, when there is none in time. */
  async #ask(order: Order, milliseconds: number): Promise<Answer | undefined> {
    this.#process ??= this.#start();
    const child = await this.#process;
    const answered = answerOf(child, milliseconds);
    child.send(order);
    const answer = await answered;
    if (answer === undefined) await this.end();
    return answer;
  }

  async #start(): Promise<ChildProcess> {
    const folder = path.dirname(this.#bundle);
    const child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), [this.#bundle], {
      env: { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    if ((await answerOf(child, 120_000)) === undefined) throw new Error('The tests could not be loaded.');
    return child;
  }
}

function answerOf(child: ChildProcess, milliseconds: number): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const settle = (answer?: Answer): void => {
      clearTimeout(timer);
      child.removeListener('exit', gone);
      child.removeListener('message', settle);
      resolve(answer);
    };
    const gone = (): void => settle();
    const timer = setTimeout(gone, milliseconds);
    child.once('exit', gone);
    child.once('message', settle);
  });
}
