import type { CommandModule, InferredOptionTypes } from 'yargs';
import { leaving } from '../support/leaving.ts';
import { leavingOptions, type MemberOptions, memberPositional } from '../support/member-options.ts';
import { planOptions, targetOptions } from '../support/options.ts';

const options = {
  ...targetOptions,
  ...leavingOptions,
  ...planOptions,
} as const;

export const planRemoveCommand = {
  command: 'remove <member..>',
  describe: 'Take members out of their pools while enough others are up',
  builder: (yargs) => yargs.positional('member', memberPositional).options(options),
  handler: (argv) => leaving('remove', argv),
} as const satisfies CommandModule<object, InferredOptionTypes<typeof options> & MemberOptions>;
