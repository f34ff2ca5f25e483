import type { CommandModule, InferredOptionTypes } from 'yargs';
import { compare } from '../lib/compare/compare.ts';
import { comparisonReport } from '../lib/report/comparison-report.ts';
import { diffOptions } from './support/diff-options.ts';
import { sidesOf } from './support/diff-sides.ts';
import { azOptions, outputOptions, targetOptions } from './support/options.ts';
import { printing } from './support/printing.ts';

const options = { ...diffOptions, ...targetOptions, ...azOptions, ...outputOptions } as const;
const { before, after, ...named } = options;

export const diffCommand = {
  command: 'diff [before] [after]',
  describe: 'What differs between two snapshots, a snapshot and now, two load balancers, or two pools',
  builder: (yargs) => yargs.positional('before', before).positional('after', after).options(named),
  handler: (argv) =>
    printing(
      argv,
      async () => {
        const { left, right } = await sidesOf(argv);
        return compare(left, right);
      },
      {
        report: comparisonReport,
        exitCode: ({ same, notCompared }) => (same ? (notCompared.length === 0 ? 0 : 5) : 1),
      },
    ),
} as const satisfies CommandModule<object, InferredOptionTypes<typeof options>>;
