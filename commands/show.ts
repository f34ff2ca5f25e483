import type { CommandModule, InferredOptionTypes } from 'yargs';
import { formats } from '../lib/report/render.ts';
import { treeMermaid } from '../lib/report/tree-mermaid.ts';
import { treeReport } from '../lib/report/tree-report.ts';
import { treesOf } from '../lib/view/tree.ts';
import { azOptions, outputOptions, targetOptions } from './support/options.ts';
import { showing } from './support/showing.ts';

const output = { ...outputOptions.output, choices: [...formats, 'mermaid'] } as const;
const options = { ...targetOptions, ...azOptions, ...outputOptions, output } as const;

export const showCommand = {
  command: 'show',
  describe: 'A load balancer as a tree: frontend, rule, pool, member and its state',
  builder: options,
  handler: (argv) =>
    showing(argv, {
      depth: 'members',
      view: treesOf,
      report: (trees, style) => ({ ...treeReport(trees, style), mermaid: () => treeMermaid(trees) }),
    }),
} as const satisfies CommandModule<object, InferredOptionTypes<typeof options>>;
