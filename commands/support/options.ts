import type { Options } from 'yargs';
import { failOnChoices } from '../../lib/diagnosis/exit-code.ts';
import { formats } from '../../lib/report/render.ts';
import { shells } from '../../lib/shell/shell.ts';

type OptionTable = Readonly<Record<string, Options>>;

export const targetOptions = {
  'resource-group': {
    alias: 'g',
    type: 'string',
    requiresArg: true,
    group: 'What to look at:',
    describe: "Resource group; az's default group when left out",
  },
  name: {
    alias: ['n', 'lb-name'],
    type: 'string',
    requiresArg: true,
    group: 'What to look at:',
    describe: 'Load balancer; every one of the group or subscription when left out',
  },
  ids: {
    type: 'array',
    string: true,
    requiresArg: true,
    group: 'What to look at:',
    describe: 'Resource ids or portal addresses of load balancers, instead of -g and -n',
  },
  subscription: {
    type: 'string',
    requiresArg: true,
    group: 'What to look at:',
    describe: 'Name or id; the active one when left out',
  },
} as const satisfies OptionTable;

export const findOptions = {
  'resource-group': {
    ...targetOptions['resource-group'],
    describe: 'Resource group of the target, where several are called so',
  },
  subscription: targetOptions.subscription,
  port: {
    type: 'string',
    requiresArg: true,
    group: 'What to look at:',
    describe: 'Of a frontend: only the rules that listen on this port',
  },
} as const satisfies OptionTable;

export const limitOption = {
  limit: {
    type: 'string',
    requiresArg: true,
    group: 'What to look at:',
    describe: 'Of several: how many to ask about in full, worst first; 20 when left out, or all',
  },
} as const satisfies OptionTable;

export const azOptions = {
  replay: {
    type: 'string',
    requiresArg: true,
    group: 'How to ask:',
    describe: 'Answer from a recording instead of az: its folder',
  },
  record: {
    type: 'string',
    requiresArg: true,
    group: 'How to ask:',
    describe: 'Keep what az was asked and answered: a new folder',
  },
  mask: {
    type: 'boolean',
    group: 'How to ask:',
    describe: 'Masks for names, subscriptions, tags and public addresses, in all that is printed and recorded',
  },
  timeout: {
    type: 'string',
    requiresArg: true,
    group: 'How to ask:',
    describe: 'When to end with what is known by then: 90, 90s or 5m; 10m for one load balancer when left out',
  },
} as const satisfies OptionTable;

export const expectOption = {
  expect: {
    type: 'string',
    requiresArg: true,
    group: 'What it should be:',
    describe: "Its owner's expectation file; azlb.yaml of this folder when left out, none for no file",
  },
} as const satisfies OptionTable;

export const outputOptions = {
  output: {
    alias: 'o',
    type: 'string',
    choices: formats,
    requiresArg: true,
    group: 'Output:',
    describe: 'Text when left out; JSON with --query',
  },
  query: { type: 'string', requiresArg: true, group: 'Output:', describe: 'JMESPath into the JSON output' },
  'only-show-errors': { type: 'boolean', group: 'Output:', describe: 'No progress and no notes on stderr' },
  verbose: { type: 'boolean', group: 'Output:', describe: 'Everything in full; each az call on stderr' },
  debug: { type: 'boolean', group: 'Output:', describe: 'With the stack of an unexpected error' },
} as const satisfies OptionTable;

/** Of commands that print what to type. */
export const shellOption = {
  shell: {
    type: 'string',
    choices: shells,
    requiresArg: true,
    group: 'Output:',
    describe:
      'Quote commands for this shell. When left out: on Windows bash where MSYSTEM is set (Git Bash), PowerShell where PSModulePath has folders of yours, else cmd; elsewhere bash',
  },
} as const satisfies OptionTable;

const scriptOptions = {
  out: {
    type: 'string',
    requiresArg: true,
    group: 'Output:',
    describe: 'Write it as a bash script too, which asks before each change: a new file',
  },
  force: { type: 'boolean', group: 'Output:', describe: 'Write over the file of --out' },
} as const satisfies OptionTable;

/** Of every plan of one load balancer, after what it is about. */
export const planOptions = {
  ...expectOption,
  ...azOptions,
  ...shellOption,
  ...scriptOptions,
  ...outputOptions,
} as const satisfies OptionTable;

export const failOnOption = {
  'fail-on': {
    type: 'string',
    choices: failOnChoices,
    default: 'high',
    requiresArg: true,
    group: 'Output:',
    describe: 'Exit with 1 from this severity on; none: 0 whenever there is a diagnosis',
  },
} as const satisfies OptionTable;
