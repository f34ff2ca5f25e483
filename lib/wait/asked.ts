import type { Az } from '../az/call.ts';
import { classify } from '../az/classify.ts';
import { clockFor } from '../diagnosis/clock.ts';
import { type AskedCall, accounted } from '../diagnosis/collect.ts';
import type { Asking } from '../evidence/asking.ts';

/** What one look asks through, with an account of it. */
export interface LookAsking extends Asking {
  readonly calls: readonly AskedCall[];
  /** Seconds that Azure asked to be left alone, 0 where it did not say how long; undefined where it did not ask. */
  readonly throttledFor: () => number | undefined;
}

export function lookAsking(source: Az, clock: Asking['clock'] | undefined, recordedAt: string | undefined): LookAsking {
  const { az, calls } = accounted(source);
  let throttled: number | undefined;
  const run: Az['run'] = async (argv, options) => {
    const call = await az.run(argv, options);
    const failure = classify(call);
    if (failure?.kind === 'throttled') throttled = Math.max(throttled ?? 0, failure.retryAfter ?? 0);
    return call;
  };
  return {
    az: { run },
    clock: recordedAt === undefined && clock !== undefined ? clock : clockFor(recordedAt),
    calls,
    throttledFor: () => throttled,
  };
}
