import type { CommandModule, InferredOptionTypes } from 'yargs';
import { exitCode } from '../lib/diagnosis/exit-code.ts';
import { expecting, withOwnersWords } from '../lib/expect/triage.ts';
import { diagnosisReport } from '../lib/report/diagnosis-report.ts';
import { noneSentence } from '../lib/report/none-sentence.ts';
import { checkRendering, render } from '../lib/report/render.ts';
import { triage } from '../lib/triage/triage.ts';
import { triageMany } from '../lib/triage/triage-many.ts';
import type { Diagnoses } from '../schemas/diagnoses.generated.ts';
import type { Diagnosis } from '../schemas/diagnosis.generated.ts';
import { asking } from './asking.ts';
import { absentNote, expectedBy } from './expectations.ts';
import { askingOptions, expectOption, failOnOption, limitOption, outputOptions, targetOptions } from './options.ts';
import { note, print } from './output.ts';
import { textStyle } from './terminal.ts';

const options = {
  ...targetOptions,
  ...limitOption,
  ...expectOption,
  ...askingOptions,
  ...failOnOption,
  ...outputOptions,
} as const;

export const triageCommand = {
  command: 'triage',
  describe: 'Diagnose a load balancer: what is wrong, how that is known, and what to type',
  builder: options,
  handler: async (argv) => {
    const rendering = { format: argv.output, query: argv.query };
    checkRendering(rendering);
    const expected = await expectedBy(argv);
    let absent: string | undefined;
    const diagnosis = await asking<Diagnosis | Diagnoses>(argv, async (az, target, recordedAt) => {
      const expectations = expected.of(target);
      const how = { recordedAt, ...expecting(expectations) };
      const isOne = target.kind === 'named' || target.kind === 'id';
      const said = isOne ? triage(az, target, how) : triageMany(az, target, how);
      const judged = withOwnersWords<Diagnosis | Diagnoses>(expectations, await said);
      absent = absentNote(expectations, judged);
      return judged;
    });
    const code = exitCode(diagnosis, argv.failOn);
    const style = { ...textStyle(process.env, process.stdout), verbose: argv.verbose === true, exitCode: code };
    const report = diagnosisReport(diagnosis, style);
    await print(render(report, rendering));
    if (absent !== undefined) note(absent);
    const none = noneSentence(diagnosis);
    if (none !== undefined) note(`azlb: ${none}`);
    process.exitCode = code;
  },
} as const satisfies CommandModule<object, InferredOptionTypes<typeof options>>;
