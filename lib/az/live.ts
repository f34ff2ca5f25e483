import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { refuseFileArguments } from './at-sign.ts';
import type { Az, Call, RunOptions } from './call.ts';
import { commandLine, lacksLogin } from './classify.ts';
import { atEnd, isInterrupted } from './endings.ts';
import { type AzError, failed } from './errors.ts';
import { findAz } from './find.ts';
import { type AzProgram, type Computer, thisMachine } from './machine.ts';
import { type Ended, startTree } from './process-tree.ts';
import { retry } from './retry.ts';
import { notUtf8, tooLarge } from './signs.ts';
import { turns } from './turns.ts';

export interface LiveOptions {
  /** Where az is looked for, and the environment it gets; by default this process's own. */
  readonly machine?: Computer;
  /** For one az process; 120 by default. */
  readonly secondsPerCall?: number;
  /** For all of them together, since `begun` by `performance.now()`: what runs and waits then becomes calls whose time is up. */
  readonly within?: { readonly seconds: number; readonly begun: number } | undefined;
  /** az processes side by side; as many as cores by default, since each is busy loading its modules. */
  readonly atOnce?: number;
  /** Aborted, what runs and waits becomes AzErrors `interrupted`. */
  readonly signal?: AbortSignal;
  /** An az process starts, or ended. */
  readonly onStart?: (argv: readonly string[]) => void;
  readonly onEnd?: (call: Call) => void;
  /** The largest answer taken; 256 MiB by default. */
  readonly maxBytes?: number;
}

/** The real az. It is looked for at the first question. */
export function liveAz(options: LiveOptions = {}): Az {
  const { machine = thisMachine(), secondsPerCall = 120, atOnce = availableParallelism(), signal } = options;
  const deadline = deadlineIn(options.within);
  const stop = AbortSignal.any([...(signal ? [signal] : []), ...(deadline ? [deadline.signal] : [])]);
  const queue = turns(Math.max(1, atOnce));
  let finding: Promise<AzProgram> | undefined;
  let tokenAskedFor = false;
  let loginAskedFor = false;

  const runOnce = async (program: AzProgram, argv: readonly string[], run: RunOptions): Promise<Call> => {
    if (isInterrupted() || signal?.aborted) throw interruption(argv);
    if (deadline?.signal.aborted) return { ...timedOut(argv, run, '', 0), timeUp: deadline.seconds };
    options.onStart?.(argv);
    const tree = startTree({
      file: program.file,
      args: [...program.args, ...argv, '-o', 'json'],
      cwd: machine.cwd,
      env: childEnvironment(machine, run, argv.includes('--verbose')),
      ...(run.input === undefined ? {} : { input: run.input }),
      maxBytes: options.maxBytes ?? 256 * 1024 * 1024,
    });
    const cut = await endedOrCut(tree.ended, secondsPerCall, stop);
    if (cut) await tree.end();
    // Nothing that is left of a cut process, not even a stuck one, may hold up the answer; nor does it keep us running.
    const ended = cut && (await endedOrCut(tree.ended, 0.5)) ? undefined : await tree.ended;
    if (isInterrupted() || (cut && signal?.aborted)) throw interruption(argv);
    if (ended?.notStarted) throw notStarted(program, argv, ended.notStarted);
    const call =
      cut || !ended
        ? { ...timedOut(argv, run, ended?.stderr ?? '', tree.seconds()), ...(deadline && timeUpBy(deadline)) }
        : answered(argv, run, ended);
    options.onEnd?.(call);
    return call;
  };

  return {
    async run(argv, run = {}) {
      refuseFileArguments(argv, run.input !== undefined);
      finding ??= findAz(machine);
      const program = await finding;
      if (run.afterSeconds !== undefined) await slept(run.afterSeconds, stop);
      // The first one to want a token fills the cache for those after it.
      let alone = !tokenAskedFor && needsToken(argv);
      tokenAskedFor ||= alone;
      let how = run;
      for (let tries = 1; ; tries += 1) {
        const call = await queue.take(alone ? 'alone' : 'beside', () => runOnce(program, argv, how));
        // The login that meets a claims challenge is printed as a warning (az 2.91): asked for once.
        if (!loginAskedFor && how.readStderr !== true && lacksLogin(call)) {
          loginAskedFor = true;
          how = { ...run, readStderr: true };
          alone = true;
          continue;
        }
        const again = retry(call, tries, alone);
        if (!again || again.afterSeconds > Math.min(secondsPerCall, deadline?.left() ?? secondsPerCall)) return call;
        if (!(await slept(again.afterSeconds, stop))) return call;
        alone = again.alone;
      }
    },
  };
}

function childEnvironment(
  { env, platform }: Computer,
  { readStderr, wholeSubscription }: RunOptions,
  isVerbose: boolean,
): Record<string, string | undefined> {
  return {
    ...env,
    AZURE_CORE_NO_COLOR: '1',
    // Said either way: a user's own setting would hide the INFO lines that --verbose is there for.
    AZURE_CORE_ONLY_SHOW_ERRORS: readStderr || isVerbose ? '0' : '1',
    AZURE_CORE_SURVEY_MESSAGE: 'no',
    AZURE_CORE_LOGIN_EXPERIENCE_V2: 'off',
    AZURE_EXTENSION_USE_DYNAMIC_INSTALL: 'no',
    // az starts as `python -m azure.cli`, which would import an `azure` folder lying in the current one (az 2.91, Python 3.11).
    PYTHONSAFEPATH: '1',
    // Where az is a program of its own on Windows, or the locale is not UTF-8. The az of a Linux package is started with
    // -I, for which PYTHONUTF8 is nothing, but in the locale C Python writes UTF-8 all the same (PEP 540).
    PYTHONUTF8: '1',
    ...(platform === 'win32' ? {} : { LC_ALL: 'C' }),
    // Overrules `defaults.group` of the configuration file, which lists obey too (az 2.91).
    ...(wholeSubscription ? { AZURE_DEFAULTS_GROUP: '' } : {}),
  };
}

function needsToken(argv: readonly string[]): boolean {
  return !/^(version|--version|config|cloud|extension|account (show|list))\b/.test(argv.slice(0, 2).join(' '));
}

/** The end of the whole run. */
interface Deadline {
  readonly seconds: number;
  readonly signal: AbortSignal;
  readonly left: () => number;
}

function deadlineIn(within: LiveOptions['within']): Deadline | undefined {
  if (within === undefined) return undefined;
  const { seconds, begun } = within;
  const left = (): number => begun / 1000 + seconds - performance.now() / 1000;
  return { seconds, signal: AbortSignal.timeout(Math.max(0, Math.round(left() * 1000))), left };
}

function timeUpBy({ seconds, signal }: Deadline): Pick<Call, 'timeUp'> {
  return signal.aborted ? { timeUp: seconds } : {};
}

async function endedOrCut(ended: Promise<Ended>, limit: number, stop?: AbortSignal): Promise<boolean> {
  const over = new AbortController();
  try {
    return await Promise.race([
      ended.then(() => false),
      sleep(limit * 1000, true, { signal: stop ? AbortSignal.any([over.signal, stop]) : over.signal }).catch(
        () => true,
      ),
    ]);
  } finally {
    over.abort();
  }
}

/** Whether it slept so long, and was not woken by the end of all time or by a signal. */
async function slept(seconds: number, stop: AbortSignal): Promise<boolean> {
  const woken = new AbortController();
  const forget = atEnd({ atOnce: () => woken.abort() });
  try {
    await sleep(seconds * 1000, undefined, { signal: AbortSignal.any([stop, woken.signal]) });
    return true;
  } catch {
    return false;
  } finally {
    forget();
  }
}

function asked(argv: readonly string[], run: RunOptions) {
  return run.input === undefined ? { argv } : { argv, input: run.input };
}

function answered(argv: readonly string[], run: RunOptions, ended: Ended): Call {
  const { exitCode, stdout, stderr, seconds } = ended;
  // What was cut off or is in another encoding is thrown away: nobody should read half an answer, or other names.
  const unread = ended.tooLarge ? tooLarge : exitCode === 0 && ended.notUtf8 ? notUtf8 : undefined;
  if (unread !== undefined) return { ...asked(argv, run), exitCode: 1, stdout: '', stderr: `${unread}.\n`, seconds };
  return { ...asked(argv, run), exitCode, stdout, stderr, seconds };
}

function timedOut(argv: readonly string[], run: RunOptions, stderr: string, seconds: number): Call {
  return { ...asked(argv, run), exitCode: 1, stdout: '', stderr, seconds, timedOut: true };
}

function interruption(argv: readonly string[]): AzError {
  const firstLine = 'Interrupted before az answered.';
  return failed({
    kind: 'interrupted',
    command: commandLine({ argv }),
    firstLine,
    advice: 'Run it again.',
    detail: '',
  });
}

function notStarted(
  program: AzProgram,
  argv: readonly string[],
  why: { readonly code: string; readonly message: string },
): AzError {
  const isTooLong = why.code === 'E2BIG' || why.code === 'ENAMETOOLONG';
  return failed({
    kind: isTooLong ? 'other' : 'broken-install',
    command: commandLine({ argv }),
    firstLine: isTooLong
      ? 'The command line is too long for this system.'
      : `${program.file} could not be started (${why.code}).`,
    advice: isTooLong ? 'Ask for fewer things at once.' : 'Install the Azure CLI again: https://aka.ms/azure-cli.',
    detail: why.message,
  });
}
