import type { CommandModule, InferredOptionTypes } from 'yargs';
import { listReport } from '../lib/report/list-report.ts';
import { listOf } from '../lib/view/list.ts';
import { azOptions, outputOptions, targetOptions } from './support/options.ts';
import { showing } from './support/showing.ts';

const options = { ...targetOptions, ...azOptions, ...outputOptions } as const;

export const listCommand = {
  command: 'list',
  describe: 'The load balancers of a group or subscription, and what is in them',
  builder: options,
  handler: (argv) => showing(argv, { depth: 'configuration', view: listOf, report: listReport }),
} as const satisfies CommandModule<object, InferredOptionTypes<typeof options>>;
