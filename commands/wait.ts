import type { CommandModule, InferredOptionTypes } from 'yargs';
import { waitReport } from '../lib/report/wait-report.ts';
import { waitExitCode } from '../lib/wait/wait.ts';
import { interruptible } from './support/interruption.ts';
import { azOptions, expectOption, outputOptions, shellOption, targetOptions } from './support/options.ts';
import { printing } from './support/printing.ts';
import { waitOptions } from './support/wait-options.ts';
import { waiting } from './support/waiting.ts';

const options = {
  ...targetOptions,
  name: { ...targetOptions.name, describe: 'Load balancer' },
  ids: { ...targetOptions.ids, describe: 'Its resource id or portal address, instead of -g and -n' },
  ...waitOptions,
  ...expectOption,
  ...azOptions,
  timeout: { ...azOptions.timeout, default: '10m', describe: 'How long to wait: 600, 600s, 10m or 1h' },
  ...shellOption,
  ...outputOptions,
} as const;

export const waitCommand = {
  command: 'wait',
  describe: 'Wait until members are healthy, or in the pool, or the verdict is ok',
  builder: options,
  handler: (argv) =>
    interruptible((interruption) =>
      printing(argv, () => waiting(argv, interruption), {
        report: waitReport,
        exitCode: (outcome) => interruption.exitCode() ?? waitExitCode(outcome),
      }),
    ),
} as const satisfies CommandModule<object, InferredOptionTypes<typeof options>>;
