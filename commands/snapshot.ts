import type { CommandModule, InferredOptionTypes } from 'yargs';
import { snapshotReport } from '../lib/report/snapshot-report.ts';
import { azOptions, outputOptions, shellOption, targetOptions } from './support/options.ts';
import { printing } from './support/printing.ts';
import { takeSnapshot } from './support/take-snapshot.ts';

const { record: _, ...askedOptions } = azOptions;
const options = {
  ...targetOptions,
  ...askedOptions,
  out: {
    type: 'string',
    requiresArg: true,
    group: 'Output:',
    describe: 'A new folder, or a new file that ends in .json; NAME-TIME in the current folder when left out',
  },
  expect: {
    type: 'string',
    requiresArg: true,
    group: 'Output:',
    describe: 'Also write a new expectation file to edit: what the load balancer should be, as it is now',
  },
  ...shellOption,
  ...outputOptions,
} as const;

export const snapshotCommand = {
  command: 'snapshot',
  describe: 'Save all that triage asks about one load balancer, to compare or to look at it later',
  builder: options,
  handler: (argv) =>
    printing(argv, () => takeSnapshot(argv), {
      report: snapshotReport,
      exitCode: ({ notRead }) => (notRead.length === 0 ? 0 : 5),
    }),
} as const satisfies CommandModule<object, InferredOptionTypes<typeof options>>;
