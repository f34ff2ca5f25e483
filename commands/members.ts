import type { CommandModule, InferredOptionTypes } from 'yargs';
import { expecting } from '../lib/expect/triage.ts';
import { membersReport } from '../lib/report/members-report.ts';
import { membersOf } from '../lib/view/members.ts';
import { expectedBy } from './support/expectations.ts';
import { azOptions, expectOption, outputOptions, targetOptions } from './support/options.ts';
import { showing } from './support/showing.ts';

const options = { ...targetOptions, ...expectOption, ...azOptions, ...outputOptions } as const;

export const membersCommand = {
  command: 'members',
  describe: 'Every member of every pool: machine, address, zone, power, admin state, health',
  builder: options,
  handler: async (argv) => {
    const expected = await expectedBy(argv);
    // Only what its owner expects is compared here; all else that can be wrong is for triage.
    return showing(argv, {
      depth: 'members',
      view: membersOf,
      report: membersReport,
      rules: (target) => expecting(expected.of(target), []).rules,
    });
  },
} as const satisfies CommandModule<object, InferredOptionTypes<typeof options>>;
