import path from 'node:path';
import { execa, execaSync } from 'execa';
import { decode } from './decode.ts';

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
  readonly notStarted?: { readonly code: string; readonly message: string };
}

export interface ProcessTree {
  readonly ended: Promise<Ended>;
  /** Ends the process and all that it started; resolves when nothing of it is left. */
  end(): Promise<void>;
}

const isWindows = process.platform === 'win32';
const graceMilliseconds = 250;
const running = new Set<number>();
let interrupted = false;

/** True from the moment a signal asked us to stop: nothing may be started then. */
export function isInterrupted(): boolean {
  return interrupted;
}

/** Starts a program without a shell, in a process group of its own so that whatever it starts can be ended with it. */
export function startTree(command: Command): ProcessTree {
  const started = performance.now();
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
  if (pid !== undefined) watch(pid);

  const ended = async (): Promise<Ended> => {
    const result = await subprocess;
    if (result.isMaxBuffer && pid !== undefined) await endGroup(pid);
    if (pid !== undefined) unwatch(pid);
    return {
      exitCode: result.exitCode ?? (result.signal ? 128 + signalNumber(result.signal) : 1),
      stdout: decode(result.stdout),
      stderr: decode(result.stderr),
      seconds: Math.round(performance.now() - started) / 1000,
      tooLarge: result.isMaxBuffer,
      ...(pid === undefined ? { notStarted: { code: result.code ?? '', message: result.originalMessage ?? '' } } : {}),
    };
  };

  return {
    ended: ended(),
    async end() {
      if (pid === undefined) return;
      await endGroup(pid);
      // A grandchild in a session of its own may hold our pipes open, and would hold us.
      subprocess.stdout.destroy();
      subprocess.stderr.destroy();
    },
  };
}

async function endGroup(pid: number): Promise<void> {
  if (isWindows) {
    await execa(taskkill(), taskkillArguments(pid), { reject: false, stdio: 'ignore' });
    return;
  }
  signalGroup(pid, 'SIGTERM');
  const until = performance.now() + graceMilliseconds;
  while (performance.now() < until && signalGroup(pid, 0)) await new Promise((resolve) => setTimeout(resolve, 10));
  signalGroup(pid, 'SIGKILL');
}

function endGroupAtOnce(pid: number): void {
  if (isWindows) execaSync(taskkill(), taskkillArguments(pid), { reject: false, stdio: 'ignore' });
  else signalGroup(pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

// By its full path: Windows looks in the current folder first.
function taskkill(): string {
  return path.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'taskkill.exe');
}

function taskkillArguments(pid: number): string[] {
  return ['/PID', String(pid), '/T', '/F'];
}

// A group of its own does not hear Ctrl-C or a closed terminal, so we pass them on, and then die of them ourselves.
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function watch(pid: number): void {
  if (running.size === 0) {
    for (const signal of signals) process.on(signal, onSignal);
    process.on('exit', onExit);
  }
  running.add(pid);
}

function unwatch(pid: number): void {
  running.delete(pid);
  if (running.size === 0 && !interrupted) stopListening();
}

function stopListening(): void {
  for (const signal of signals) process.off(signal, onSignal);
  process.off('exit', onExit);
}

async function onSignal(signal: NodeJS.Signals): Promise<void> {
  if (interrupted) return;
  interrupted = true;
  await Promise.all([...running].map(endGroup));
  stopListening();
  // Whoever else listens decides how to end; alone, we die of the signal so that a calling shell sees it.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

function onExit(): void {
  for (const pid of running) endGroupAtOnce(pid);
}

const signalNumbers: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGTERM: 15,
};

function signalNumber(signal: string): number {
  return signalNumbers[signal] ?? 0;
}
