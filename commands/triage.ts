import type { CommandModule, InferredOptionTypes } from 'yargs';
import { exitCode } from '../lib/diagnosis/exit-code.ts';
import { triage } from '../lib/diagnosis/triage.ts';
import { diagnosisReport } from '../lib/report/diagnosis-report.ts';
import { checkRendering, render } from '../lib/report/render.ts';
import { asking } from './asking.ts';
import { askingOptions, failOnOption, outputOptions, targetOptions } from './options.ts';
import { print } from './output.ts';
import { textStyle } from './terminal.ts';

const options = { ...targetOptions, ...askingOptions, ...failOnOption, ...outputOptions } as const;

export const triageCommand = {
  command: 'triage',
  describe: 'Diagnose a load balancer: what is wrong, how that is known, and what to type',
  builder: options,
  handler: async (argv) => {
    const rendering = { format: argv.output, query: argv.query };
    checkRendering(rendering);
    const diagnosis = await asking(argv, (az, target, recordedAt) => triage(az, target, { recordedAt }));
    const style = { ...textStyle(process.env, process.stdout), verbose: argv.verbose === true };
    const report = diagnosisReport(diagnosis, style);
    await print(render(report, rendering));
    process.exitCode = exitCode(diagnosis, argv.failOn);
  },
} as const satisfies CommandModule<object, InferredOptionTypes<typeof options>>;
