import type { CommandModule, InferredOptionTypes } from 'yargs';
import { leaving } from '../support/leaving.ts';
import { leavingOptions, type MemberOptions, memberPositional } from '../support/member-options.ts';
import { planOptions, targetOptions } from '../support/options.ts';

const options = {
  ...targetOptions,
  ...leavingOptions,
  ...planOptions,
} as const;

export const planDrainCommand = {
  command: 'drain <member..>',
  describe: 'Take members out of service while enough others are up: admin state Down, or out of the pool',
  builder: (yargs) => yargs.positional('member', memberPositional).options(options),
  handler: (argv) => leaving('drain', argv),
} as const satisfies CommandModule<object, InferredOptionTypes<typeof options> & MemberOptions>;
