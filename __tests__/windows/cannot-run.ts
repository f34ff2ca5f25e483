/** What of the suite can't run with Node for Windows under wine, and why: `test` is how its full name begins. */
export interface CannotRun {
  readonly file: string;
  readonly test?: string;
  readonly because: string;
}

const signals = 'Windows has no signals: one sent to another process ends it at once.';
const bash = 'There is no bash, which reads what is quoted for it.';
const links = 'wine makes no symbolic link.';
const modes = 'Windows has no modes of files.';
const shellScript = 'The program that stands in for another is a shell script.';

export const cannotRun: readonly CannotRun[] = [
  { file: 'api/package.test.ts', because: 'There is no npm.' },
  { file: 'az/live.test.ts', test: 'time and signals SIG', because: signals },
  { file: 'az/live.test.ts', test: 'what az prints az ended by a signal', because: signals },
  { file: 'az/live.test.ts', test: 'what az prints what cannot be started', because: shellScript },
  { file: 'az/live.test.ts', test: 'finding az absolute folders of PATH', because: 'It is about a PATH of POSIX.' },
  { file: 'az/end-group.test.ts', test: 'taskkill is told', because: shellScript },
  { file: 'az/errors.test.ts', test: 'quoting for bash', because: bash },
  { file: 'az/recording.test.ts', test: 'a recording is readable files, for their owner only', because: modes },
  { file: 'az/recording.test.ts', test: 'a recording goes into a new or an empty folder only', because: links },
  { file: 'az/recording.test.ts', test: 'a replay is of no folder of which it is a link', because: links },
  { file: 'az/recording.test.ts', test: 'a replay is of no folder of which calls/01-a.json is a link', because: links },
  { file: 'cli/signals.test.ts', test: 'SIG', because: signals },
  { file: 'cli/signals.test.ts', test: 'a run that records, and SIG', because: signals },
  { file: 'cli/signals.test.ts', test: 'on Windows SIG', because: signals },
  {
    file: 'cli/signals.test.ts',
    test: 'an expectation file of a pipe',
    because: 'There are no devices in /dev, and no bash.',
  },
  { file: 'cli/signals.test.ts', test: 'an expectation file that is written', because: modes },
  { file: 'fuzz/hostile.test.ts', because: bash },
  { file: 'repository/line-ends.test.ts', because: 'There is no git.' },
  {
    file: 'shell/shell.test.ts',
    test: 'any words reach a program as they are, or are told to be typed by hand by bash',
    because: bash,
  },
  { file: 'steps/steps.test.ts', test: 'printing bash hands on', because: bash },
];
