import type { AskedCall } from '../../schemas/diagnosis.generated.ts';
import type { Az } from '../az/call.ts';
import { classify } from '../az/classify.ts';
import { accounted } from '../collect/account.ts';
import type { Asking } from '../evidence/asking.ts';

/** What one look asks through, with an account of it. */
export interface LookAsking extends Asking {
  readonly calls: readonly AskedCall[];
  /** Seconds that Azure asked to be left alone, 0 where it did not say how long; undefined where it did not ask. */
  readonly throttledFor: () => number | undefined;
  /** Time was up before all was answered. */
  readonly isCut: () => boolean;
}

export function lookAsking(source: Az): LookAsking {
  const { az, calls } = accounted(source);
  let throttled: number | undefined;
  let isCut = false;
  const run: Az['run'] = async (argv, options) => {
    const call = await az.run(argv, options);
    const failure = classify(call);
    isCut ||= failure?.kind === 'time-up';
    if (failure?.kind === 'throttled') throttled = Math.max(throttled ?? 0, failure.retryAfter ?? 0);
    return call;
  };
  return {
    az: { run },
    calls,
    throttledFor: () => throttled,
    isCut: () => isCut,
  };
}
