import type { CommandModule, InferredOptionTypes } from 'yargs';
import { membersReport } from '../lib/report/members-report.ts';
import { membersOf } from '../lib/view/members.ts';
import { askingOptions, outputOptions, targetOptions } from './options.ts';
import { showing } from './showing.ts';

const options = { ...targetOptions, ...askingOptions, ...outputOptions } as const;

export const membersCommand = {
  command: 'members',
  describe: 'Every member of every pool: machine, address, zone, power, admin state, health',
  builder: options,
  handler: (argv) => showing(argv, { depth: 'members', view: membersOf, report: membersReport }),
} as const satisfies CommandModule<object, InferredOptionTypes<typeof options>>;
