import type { CommandModule, InferredOptionTypes } from 'yargs';
import { compare } from '../lib/compare/compare.ts';
import { comparisonReport } from '../lib/report/comparison-report.ts';
import { checkRendering, render } from '../lib/report/render.ts';
import { sidesOf } from './diff-sides.ts';
import { askingOptions, outputOptions, targetOptions } from './options.ts';
import { print } from './output.ts';
import { textStyle } from './terminal.ts';

const side = { type: 'string', requiresArg: true, group: 'What to compare:' } as const;

const options = {
  before: { type: 'string', describe: 'A snapshot or recording: its folder, or its .json file' },
  after: { type: 'string', describe: 'Another one' },
  live: {
    type: 'boolean',
    group: 'What to compare:',
    describe: 'The snapshot with now: its own load balancer is asked again, or the one that -g and -n name',
  },
  left: { ...side, describe: 'A load balancer, as GROUP/NAME or resource id, instead of a snapshot' },
  right: { ...side, describe: 'Another one' },
  'left-subscription': { ...side, describe: 'Subscription of --left' },
  'right-subscription': { ...side, describe: 'Subscription of --right' },
  'left-pool': { ...side, describe: 'Compare one pool only: this one on the left' },
  'right-pool': { ...side, describe: 'and this one on the right; of one load balancer or snapshot, or of two' },
  ...targetOptions,
  ...askingOptions,
  ...outputOptions,
} as const;

const { before, after, ...named } = options;

export const diffCommand = {
  command: 'diff [before] [after]',
  describe: 'What differs between two snapshots, a snapshot and now, two load balancers, or two pools',
  builder: (yargs) => yargs.positional('before', before).positional('after', after).options(named),
  handler: async (argv) => {
    const rendering = { format: argv.output, query: argv.query };
    checkRendering(rendering);
    const { left, right } = await sidesOf(argv);
    const comparison = compare(left, right);
    const style = { ...textStyle(process.env, process.stdout), verbose: argv.verbose === true };
    await print(render(comparisonReport(comparison, style), rendering));
    process.exitCode = comparison.same ? (comparison.notCompared.length === 0 ? 0 : 5) : 1;
  },
} as const satisfies CommandModule<object, InferredOptionTypes<typeof options>>;
