import type { CommandModule, InferredOptionTypes } from 'yargs';
import { QueryError } from '../lib/report/query.ts';
import { formats } from '../lib/report/render.ts';
import { treeMermaid } from '../lib/report/tree-mermaid.ts';
import { treeReport } from '../lib/report/tree-report.ts';
import { treesOf } from '../lib/view/tree.ts';
import { askingOptions, outputOptions, targetOptions } from './options.ts';
import { print } from './output.ts';
import { ended, showing, viewing } from './showing.ts';

const output = { ...outputOptions.output, choices: [...formats, 'mermaid'] } as const;
const options = { ...targetOptions, ...askingOptions, ...outputOptions, output } as const;

export const showCommand = {
  command: 'show',
  describe: 'A load balancer as a tree: frontend, rule, pool, member and its state',
  builder: options,
  handler: async ({ output: format, ...argv }) => {
    if (format !== 'mermaid') {
      return showing({ ...argv, output: format }, { depth: 'members', view: treesOf, report: treeReport });
    }
    if (argv.query !== undefined) throw new QueryError('--query picks from JSON: leave it out with -o mermaid.');
    const trees = await viewing(argv, { depth: 'members', view: treesOf });
    await print(treeMermaid(trees));
    return ended(trees);
  },
} as const satisfies CommandModule<object, InferredOptionTypes<typeof options>>;
