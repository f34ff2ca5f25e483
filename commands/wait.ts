import { performance } from 'node:perf_hooks';
import type { CommandModule, InferredOptionTypes } from 'yargs';
import type { Target } from '../lib/collect/target.ts';
import { expecting, withOwnersWords } from '../lib/expect/triage.ts';
import { checkRendering, render } from '../lib/report/render.ts';
import { waitReport } from '../lib/report/wait-report.ts';
import { meantBy } from '../lib/wait/meant.ts';
import { wait, waitExitCode } from '../lib/wait/wait.ts';
import type { WaitOutcome } from '../schemas/wait.generated.ts';
import { askingFor } from './asking.ts';
import { durationOf } from './duration.ts';
import { expectedBy } from './expectations.ts';
import { listenForInterruption } from './interruption.ts';
import { askingOptions, expectOption, outputOptions, targetOptions } from './options.ts';
import { note, print } from './output.ts';
import { progressStyle } from './progress.ts';
import type { Kept } from './recorded-case.ts';
import { targetOf } from './target.ts';
import { textStyle } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { conditionOf } from './wait-condition.ts';
import { waitOptions } from './wait-options.ts';
import { waitProgress } from './wait-progress.ts';

const options = {
  ...targetOptions,
  name: { ...targetOptions.name, describe: 'Load balancer' },
  ids: { ...targetOptions.ids, describe: 'Its resource id or portal address, instead of -g and -n' },
  ...waitOptions,
  ...expectOption,
  ...askingOptions,
  timeout: { ...askingOptions.timeout, default: '10m', describe: 'How long to wait: 600, 600s, 10m or 1h' },
  ...outputOptions,
} as const;

export const waitCommand = {
  command: 'wait',
  describe: 'Wait until members are healthy, or in the pool, or the verdict is ok',
  builder: options,
  handler: async (argv) => {
    const rendering = { format: argv.output, query: argv.query };
    checkRendering(rendering);
    const condition = conditionOf(argv);
    const timeoutSeconds = durationOf('--timeout', argv.timeout);
    const interval = argv.interval === 'auto' ? 'auto' : durationOf('--interval', argv.interval);
    // A recording says itself what it is of.
    if (argv.replay === undefined) one(targetOf(argv));
    const expected = await expectedBy(argv);
    const interruption = listenForInterruption();
    const progress = waitProgress(condition, waitStyle(argv), note);
    try {
      const outcome = await askingFor(
        // A single az process gets no more time by it. What az is asked for has its own line of progress.
        {
          ...argv,
          timeout: undefined,
          withinSeconds: timeoutSeconds,
          onlyShowErrors: argv.onlyShowErrors || isQuiet(argv),
        },
        async (az, target, recordedAt, masked): Promise<WaitOutcome> => {
          const expectations = expected.of(one(target));
          const named = (name: string | undefined) => (name === undefined ? undefined : masked(name));
          const ended = await wait(az, {
            target: one(target),
            condition,
            place: () => ({ pool: named(argv.pool), balancingRule: named(argv.rule) }),
            rules: expecting(expectations).rules,
            meantOf: meantBy(expectations),
            expectation: expectations[0]?.file,
            recordedAt,
            timeoutSeconds,
            interval,
            clock: { now: () => performance.now() / 1000, sleep: interruption.sleep },
            onLook: progress.told,
          });
          return { ...ended, diagnosis: ended.diagnosis && withOwnersWords(expectations, ended.diagnosis) };
        },
        kept,
      );
      progress.done();
      const style = { ...textStyle(process.env, process.stdout), verbose: argv.verbose === true };
      await print(render(waitReport(outcome, style), rendering));
      process.exitCode = interruption.exitCode() ?? waitExitCode(outcome);
    } finally {
      progress.done();
      interruption.forget();
    }
  },
} as const satisfies CommandModule<object, InferredOptionTypes<typeof options>>;

interface Loudness {
  readonly onlyShowErrors?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly replay?: string | undefined;
}

const isQuiet = ({ verbose, replay }: Loudness): boolean => verbose !== true && replay === undefined;

/** A line a look where triage would be silent: waiting takes minutes. */
function waitStyle(options: Loudness) {
  if (options.onlyShowErrors) return 'none';
  return progressStyle(options, process.env, process.stderr) === 'spinner' ? 'spinner' : 'lines';
}

function one(target: Target): Target {
  if (target.kind === 'named' || target.kind === 'id') return target;
  throw new UsageError('Wait for one load balancer: -g GROUP -n NAME, or --ids ID.');
}

/** What was interrupted before its first look was done is half a look. */
const kept = ({ loadBalancer, diagnosis, outcome, endedAt }: WaitOutcome): Kept | undefined =>
  outcome === 'interrupted' && loadBalancer === null
    ? undefined
    : {
        title: `${loadBalancer?.name ?? 'No load balancer'}: waiting, ${outcome}`,
        az: diagnosis?.az ?? '',
        recordedAt: endedAt,
        ...(loadBalancer && { target: loadBalancer }),
      };
