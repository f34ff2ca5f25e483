import type { Readable } from 'node:stream';
import { execa } from 'execa';
import { decode } from './decode.ts';
import { endGroup, endGroupAtOnce } from './end-group.ts';
import { atEnd } from './endings.ts';
import { exitCodeOf } from './signals.ts';

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  readonly maxBytes: number;
}

/** How a process ended; `notStarted` is the system's error code when it never ran, `exitCode` is 128 + n after signal n. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
  readonly tooLarge: boolean;
  /** What is on stdout is not what was written there. */
  readonly notUtf8: boolean;
  readonly notStarted?: { readonly code: string; readonly message: string };
}

export interface ProcessTree {
  readonly ended: Promise<Ended>;
  /** Since its start. */
  readonly seconds: () => number;
  /** Ends the process and all that it started; resolves when nothing of it is left. */
  end(): Promise<void>;
}

const isWindows = process.platform === 'win32';
/** After az's own end: how long its pipes may say nothing, and how long they may stay open at all. */
const quietMilliseconds = 250;
const longestMilliseconds = 2000;

/** Starts a program without a shell, in a process group of its own so that whatever it starts can be ended with it. */
export function startTree(command: Command): ProcessTree {
  const started = performance.now();
  const seconds = (): number => Math.round(performance.now() - started) / 1000;
  const subprocess = execa(command.file, [...command.args], {
    cwd: command.cwd,
    env: command.env,
    extendEnv: false,
    ...(command.input === undefined ? { stdin: 'ignore' } : { input: command.input }),
    // On Windows a detached process gets a console window; taskkill finds the tree there by itself.
    detached: !isWindows,
    // execa would end the first process only.
    cleanup: false,
    forceKillAfterDelay: false,
    reject: false,
    encoding: 'buffer',
    stripFinalNewline: false,
    maxBuffer: command.maxBytes,
  });
  const { pid } = subprocess;
  const letGo =
    pid === undefined
      ? () => {}
      : atEnd({ atOnce: () => endGroupAtOnce(pid, subprocess), gently: () => endGroup(pid, subprocess) });
  const dropPipes = (): void => {
    subprocess.stdin?.destroy();
    subprocess.stdout.destroy();
    subprocess.stderr.destroy();
  };
  if (pid !== undefined) whenLeftOpen(subprocess, () => endGroup(pid, subprocess).then(dropPipes));

  const ended = async (): Promise<Ended> => {
    const result = await subprocess;
    if (result.isMaxBuffer && pid !== undefined) await endGroup(pid, subprocess);
    letGo();
    const stdout = decode(result.stdout);
    return {
      exitCode: subprocess.exitCode ?? result.exitCode ?? (result.signal ? exitCodeOf(result.signal) : 1),
      stdout: stdout.text,
      stderr: decode(result.stderr).text,
      seconds: seconds(),
      tooLarge: result.isMaxBuffer,
      notUtf8: !stdout.isUtf8,
      ...(pid === undefined ? { notStarted: { code: result.code ?? '', message: result.originalMessage ?? '' } } : {}),
    };
  };

  return {
    ended: ended(),
    seconds,
    async end() {
      if (pid === undefined) return;
      await endGroup(pid, subprocess);
      // A grandchild in a session of its own may hold our pipes open, and would hold us.
      dropPipes();
    },
  };
}

/**
 * A process that az left behind may hold the pipes open: az's answer is whole when az ended and what it wrote was read,
 * and nobody waits for the other.
 */
function whenLeftOpen(subprocess: Piped, drop: () => void): void {
  subprocess.once('exit', () => {
    let last = performance.now();
    const heard = (): void => {
      last = performance.now();
    };
    const until = last + longestMilliseconds;
    const streams = [subprocess.stdout, subprocess.stderr];
    for (const stream of streams) stream.on('data', heard);
    const timer = setInterval(() => {
      const now = performance.now();
      if (streams.every((stream) => stream.closed)) clearInterval(timer);
      else if (now - last >= quietMilliseconds || now >= until) {
        clearInterval(timer);
        drop();
      }
    }, 50);
    subprocess.once('close', () => clearInterval(timer));
  });
}

interface Piped {
  readonly stdout: Readable;
  readonly stderr: Readable;
  once(event: 'exit' | 'close', listener: () => void): unknown;
}
