import type { CommandModule, InferredOptionTypes } from 'yargs';
import { planFix } from '../../lib/plan/fix.ts';
import { examine } from '../../lib/triage/triage.ts';
import { guardedPlan } from '../support/guarded-plan.ts';
import { planOptions, targetOptions } from '../support/options.ts';
import { planning } from '../support/planning.ts';

const options = {
  ...targetOptions,
  finding: {
    type: 'array',
    string: true,
    requiresArg: true,
    group: 'What to look at:',
    describe: 'Keys or rule names of the findings to mend; what stops traffic when left out, else what would',
  },
  ...planOptions,
} as const;

export const planFixCommand = {
  command: 'fix',
  describe: 'Mend what triage names as cause',
  builder: options,
  handler: (argv) =>
    planning(argv, async (az, target, how) => {
      const examined = await examine(az, target, how);
      return guardedPlan(az, planFix(examined, argv.finding ?? []), examined);
    }),
} as const satisfies CommandModule<object, InferredOptionTypes<typeof options>>;
