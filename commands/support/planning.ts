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
import { checkScriptPlace, type ScriptOptions, writeScript } from './write-script.ts';

/** Asks about one load balancer, and prints the plan that is made of it. */
export const planning = (
  options: AzOptions & ExpectOptions & PrintingOptions & ScriptOptions,
  make: (az: Az, target: OneTarget, how: TriageOptions) => Promise<Plan>,
): Promise<void> =>
  printing(
    options,
    async () => {
      await checkScriptPlace(options);
      const expected = await expectedBy(options);
      const plan = await withAz(
        options,
        (az, named, recordedAt) => {
          const target = theOne(named, 'A plan is of one load balancer');
          return make(az, target, { recordedAt, ...expecting(expected.of(target)) });
        },
        keptOfPlan,
      );
      await writeScript(plan, options);
      return plan;
    },
    printed,
  );

const printed: Printing<Plan> = { report: planReport, exitCode: planExitCode };
