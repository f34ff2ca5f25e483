import type { CommandModule, InferredOptionTypes } from 'yargs';
import { exitCode } from '../lib/diagnosis/exit-code.ts';
import { diagnosisReport } from '../lib/report/diagnosis-report.ts';
import { noneSentence } from '../lib/report/none-sentence.ts';
import { diagnosing } from './support/diagnosing.ts';
import {
  azOptions,
  expectOption,
  failOnOption,
  limitOption,
  outputOptions,
  shellOption,
  targetOptions,
} from './support/options.ts';
import { printing } from './support/printing.ts';

const options = {
  ...targetOptions,
  ...limitOption,
  ...expectOption,
  ...azOptions,
  ...failOnOption,
  ...shellOption,
  ...outputOptions,
} as const;

export const triageCommand = {
  command: 'triage',
  describe: 'Diagnose a load balancer: what is wrong, how that is known, and what to type',
  builder: options,
  handler: (argv) =>
    printing(argv, () => diagnosing(argv), {
      report: ({ diagnosis }, style) =>
        diagnosisReport(diagnosis, { ...style, exitCode: exitCode(diagnosis, argv.failOn) }),
      notes: ({ diagnosis, absent }) => [absent, noneSentence(diagnosis)],
      exitCode: ({ diagnosis }) => exitCode(diagnosis, argv.failOn),
    }),
} as const satisfies CommandModule<object, InferredOptionTypes<typeof options>>;
