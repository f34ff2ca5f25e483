import type { CommandModule, InferredOptionTypes } from 'yargs';
import { adding } from '../support/adding.ts';
import { type MemberOptions, memberPositional } from '../support/member-options.ts';
import { planOptions, targetOptions } from '../support/options.ts';

const options = {
  ...targetOptions,
  pool: {
    type: 'string',
    requiresArg: true,
    demandOption: true,
    group: 'What to look at:',
    describe: 'The pool that they are to join',
  },
  ...planOptions,
} as const;

export const planAddCommand = {
  command: 'add <member..>',
  describe: 'Put machines, interfaces or addresses into a pool, once something answers there',
  builder: (yargs) => yargs.positional('member', memberPositional).options(options),
  handler: (argv) => adding(argv),
} as const satisfies CommandModule<object, InferredOptionTypes<typeof options> & MemberOptions>;
