import type { Az } from '../../lib/az/call.ts';
import type { Expectation } from '../../lib/expect/expectation.ts';
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

/** What a plan may need beside what triage does. */
export interface PlanAbout {
  /** A text as it reads in az's answers, once these are there. */
  readonly masked: (text: string) => string;
  readonly expectations: readonly Expectation[];
}

/** Asks about one load balancer, and prints the plan that is made of it. */
export const planning = (
  options: AzOptions & ExpectOptions & PrintingOptions & ScriptOptions,
  make: (az: Az, target: OneTarget, how: TriageOptions, about: PlanAbout) => Promise<Plan>,
): Promise<void> =>
  printing(
    options,
    async () => {
      await checkScriptPlace(options);
      const expected = await expectedBy(options);
      const plan = await withAz(
        options,
        (az, named, recordedAt, masked) => {
          const target = theOne(named, 'A plan is of one load balancer');
          const expectations = expected.of(target);
          return make(az, target, { recordedAt, ...expecting(expectations) }, { masked, expectations });
        },
        keptOfPlan,
      );
      await writeScript(plan, options);
      return plan;
    },
    printed,
  );

const printed: Printing<Plan> = { report: planReport, exitCode: planExitCode };
