import { expectedBy } from '../../commands/support/expectations.ts';
import { recordedTarget } from '../../commands/support/recorded-target.ts';
import { isOne, targetOf } from '../../commands/support/target.ts';
import type { Diagnoses } from '../../schemas/diagnoses.generated.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { expecting, withOwnersWords } from '../expect/triage.ts';
import { triage as triageOne } from '../triage/triage.ts';
import { triageMany } from '../triage/triage-many.ts';
import { checkOptions, checkTarget } from './given.ts';
import { opened } from './handed-out.ts';
import type { Az } from './interface.ts';
import { telling } from './telling.ts';

/** One load balancer. What is left out is az's own default: `defaults.group`, the active subscription. */
export type OneTarget =
  | {
      readonly name: string;
      readonly resourceGroup?: string | undefined;
      readonly subscription?: string | undefined;
      readonly ids?: undefined;
    }
  | {
      /** A resource id, or its address in the portal. */
      readonly ids: readonly [string];
      readonly name?: undefined;
      readonly resourceGroup?: undefined;
      readonly subscription?: undefined;
    };

/** Load balancers: these ids; or all of a group or, without one, of a subscription. */
export interface Target {
  readonly ids?: readonly string[] | undefined;
  readonly resourceGroup?: string | undefined;
  readonly name?: string | undefined;
  readonly subscription?: string | undefined;
}

export interface TriageOptions {
  /** An expectation file to compare with. No file is looked for. */
  readonly expect?: string | undefined;
  /** All is ended by then, and what was not asked is said. 600 for one load balancer, else as long as it takes. */
  readonly timeoutSeconds?: number | undefined;
  /** Of several load balancers, how many are asked about in full; 20 by default. */
  readonly limit?: number | 'all' | undefined;
}

const usualSeconds = 600;
const usualSecondsPerCall = 120;

/**
 * Diagnoses a load balancer, or several, worst first. Of a replay without a target it is what the recording is of.
 * No verdict is thrown: an AzlbError says why there is no diagnosis. Nothing is printed.
 */
export async function triage(az: Az, target: OneTarget, options?: TriageOptions): Promise<Diagnosis>;
export async function triage(az: Az, target?: Target, options?: TriageOptions): Promise<Diagnosis | Diagnoses>;
export async function triage(az: Az, target: Target = {}, options: TriageOptions = {}): Promise<Diagnosis | Diagnoses> {
  const begun = performance.now();
  return telling(async () => {
    checkTarget(target);
    checkOptions(options);
    const { expect, timeoutSeconds, limit } = options;
    const named = targetOf({ ...target, limit: limit?.toString() });
    const expected = expect === undefined ? undefined : await expectedBy({ expect });
    const seconds = timeoutSeconds ?? (isOne(named) ? usualSeconds : undefined);
    const { az: source, recording } = await opened(az, {
      secondsPerCall: Math.max(usualSecondsPerCall, timeoutSeconds ?? 0),
      within: seconds === undefined ? undefined : { seconds, begun },
    });
    const meant = recording === undefined ? named : recordedTarget(recording, named);
    const expectations = expected?.of(meant) ?? [];
    const how = { recordedAt: recording?.recordedAt, ...expecting(expectations) };
    const said = isOne(meant) ? triageOne(source, meant, how) : triageMany(source, meant, how);
    return withOwnersWords<Diagnosis | Diagnoses>(expectations, await said);
  });
}
