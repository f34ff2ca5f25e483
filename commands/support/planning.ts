import type { Az } from '../../lib/az/call.ts';
import { expecting } from '../../lib/expect/triage.ts';
import { type Plan, planExitCode } from '../../lib/plan/plan.ts';
import { planReport } from '../../lib/report/plan-report.ts';
import type { TriageOptions } from '../../lib/triage/triage.ts';
import { type ExpectOptions, expectedBy } from './expectations.ts';
import { type Printing, type PrintingOptions, printing } from './printing.ts';
import { keptOfPlan } from './recorded-case.ts';
import { type OneTarget, theOne } from './target.ts';
import { type AzOptions, withAz } from './with-az.ts';

/** Asks about one load balancer, and prints the plan that is made of it. */
export const planning = (
  options: AzOptions & ExpectOptions & PrintingOptions,
  make: (az: Az, target: OneTarget, how: TriageOptions) => Promise<Plan>,
): Promise<void> =>
  printing(
    options,
    async () => {
      const expected = await expectedBy(options);
      return withAz(
        options,
        (az, named, recordedAt) => {
          const target = theOne(named, 'A plan is of one load balancer');
          return make(az, target, { recordedAt, ...expecting(expected.of(target)) });
        },
        keptOfPlan,
      );
    },
    printed,
  );

const printed: Printing<Plan> = { report: planReport, exitCode: planExitCode };
