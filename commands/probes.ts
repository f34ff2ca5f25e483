import type { CommandModule, InferredOptionTypes } from 'yargs';
import { probesReport } from '../lib/report/probes-report.ts';
import { rulesIn } from '../lib/rules/index.generated.ts';
import { probesOf } from '../lib/view/probes.ts';
import { azOptions, outputOptions, targetOptions } from './support/options.ts';
import { showing } from './support/showing.ts';

const options = { ...targetOptions, ...azOptions, ...outputOptions } as const;

export const probesCommand = {
  command: 'probes',
  describe: 'What each health probe really does: what counts as an answer, seconds to down and up',
  builder: options,
  handler: (argv) =>
    showing(argv, { depth: 'configuration', view: probesOf, report: probesReport, rules: () => rulesIn.probe }),
} as const satisfies CommandModule<object, InferredOptionTypes<typeof options>>;
