import type { Az } from '../../lib/az/call.ts';
import { clean } from '../../lib/report/clean.ts';
import { spinner } from './spinner.ts';

export type ProgressStyle = 'none' | 'spinner' | 'lines';

export interface ShownAz extends Az {
  readonly done: () => void;
}

export function progressStyle(
  options: { readonly onlyShowErrors?: boolean | undefined; readonly verbose?: boolean | undefined },
  env: Readonly<Record<string, string | undefined>>,
  stderr: { readonly isTTY?: boolean | undefined },
): ProgressStyle {
  if (options.onlyShowErrors) return 'none';
  if (options.verbose) return 'lines';
  return stderr.isTTY === true && !env.CI && env.TERM !== 'dumb' ? 'spinner' : 'none';
}

/** The same az, with what it is being asked shown on stderr: it takes seconds, and silence reads as hanging. */
export function withProgress(az: Az, style: ProgressStyle, write: (line: string) => void): ShownAz {
  if (style === 'none') return { run: (argv, options) => az.run(argv, options), done: () => {} };
  if (style === 'lines') return { run: (argv, options) => runTold(az, write, argv, options), done: () => {} };
  const shown = spinner('asking az');
  let asked = 0;
  let answered = 0;
  return {
    run: async (argv, options) => {
      asked += 1;
      shown.start();
      shown.say(`asking az ${verbOf(argv)} … ${answered}/${asked}`);
      try {
        return await az.run(argv, options);
      } finally {
        answered += 1;
        shown.say(`asking az ${verbOf(argv)} … ${answered}/${asked}`);
      }
    },
    done: shown.stop,
  };
}

async function runTold(
  az: Az,
  write: (line: string) => void,
  ...[argv, options]: Parameters<Az['run']>
): ReturnType<Az['run']> {
  const call = await az.run(argv, options);
  const outcome =
    call.timeUp !== undefined
      ? ', time was up'
      : call.timedOut
        ? ', timed out'
        : call.exitCode === 0
          ? ''
          : `, exit code ${call.exitCode}`;
  write(`${call.seconds.toFixed(1)} s  az ${clean(argv.join(' ').slice(0, 300))}${outcome}`);
  return call;
}

/** `network nic show`: the words before the first option. */
function verbOf(argv: readonly string[]): string {
  const end = argv.findIndex((word) => word.startsWith('-'));
  return argv.slice(0, end === -1 ? undefined : end).join(' ');
}
