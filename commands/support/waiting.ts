import { performance } from 'node:perf_hooks';
import { expecting, withOwnersWords } from '../../lib/expect/triage.ts';
import { meantBy } from '../../lib/wait/meant.ts';
import { wait } from '../../lib/wait/wait.ts';
import type { WaitOutcome } from '../../schemas/wait.generated.ts';
import { durationOf } from './duration.ts';
import { type ExpectOptions, expectedBy } from './expectations.ts';
import type { Interruption } from './interruption.ts';
import { note } from './output.ts';
import { keptOfWait } from './recorded-case.ts';
import { targetOf, theOne } from './target.ts';
import { type ConditionOptions, conditionOf } from './wait-condition.ts';
import { waitProgress, waitProgressStyle } from './wait-progress.ts';
import { type AzOptions, withAz } from './with-az.ts';

interface WaitingOptions extends AzOptions, ExpectOptions, ConditionOptions {
  readonly pool?: string | undefined;
  readonly rule?: string | undefined;
  readonly timeout: string;
  readonly interval: string;
}

const reason = 'Wait for one load balancer';

/** Waits for what the options say, telling of each look. */
export async function waiting(options: WaitingOptions, { listen, sleep }: Interruption): Promise<WaitOutcome> {
  const condition = conditionOf(options);
  const timeoutSeconds = durationOf('--timeout', options.timeout);
  const interval = options.interval === 'auto' ? 'auto' : durationOf('--interval', options.interval);
  // A recording says itself what it is of.
  if (options.replay === undefined) theOne(targetOf(options), reason);
  const expected = await expectedBy(options);
  listen();
  const progress = waitProgress(condition, waitProgressStyle(options), note);
  try {
    return await withAz(
      azOptionsOf(options, timeoutSeconds),
      async (az, named, recordedAt, masked) => {
        const target = theOne(named, reason);
        const expectations = expected.of(target);
        const nameOf = (name: string | undefined) => (name === undefined ? undefined : masked(name));
        const ended = await wait(az, {
          target,
          condition,
          place: () => ({ pool: nameOf(options.pool), balancingRule: nameOf(options.rule) }),
          rules: expecting(expectations).rules,
          meantOf: meantBy(expectations),
          expectation: expectations[0]?.file,
          recordedAt,
          timeoutSeconds,
          interval,
          clock: { now: () => performance.now() / 1000, sleep },
          onLook: progress.told,
        });
        return { ...ended, diagnosis: ended.diagnosis && withOwnersWords(expectations, ended.diagnosis) };
      },
      keptOfWait,
    );
  } finally {
    progress.done();
  }
}

/** A single az process gets no more time by --timeout. What az is asked for has its own line of progress. */
function azOptionsOf(options: WaitingOptions, withinSeconds: number): AzOptions {
  const isQuiet = options.verbose !== true && options.replay === undefined;
  return { ...options, timeout: undefined, withinSeconds, onlyShowErrors: options.onlyShowErrors || isQuiet };
}
