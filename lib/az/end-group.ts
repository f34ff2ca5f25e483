import path from 'node:path';
import { execa, execaSync } from 'execa';

/** The first process of a group, by its handle: nothing else can have its number. */
export interface First {
  kill(signal: 'SIGKILL'): boolean;
  unref(): void;
}

/** How this system ends what a process started: by its group, or with a program that finds them, on Windows. */
export interface Ways {
  readonly taskkill: string | undefined;
}

const graceMilliseconds = 250;
/** It takes some 100 ms. */
const taskkillMilliseconds = 2000;

const here = (): Ways => ({
  // By its full path: Windows looks in the current folder first.
  taskkill:
    process.platform === 'win32'
      ? path.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'taskkill.exe')
      : undefined,
});

/** Ends a process and all that it started. */
export async function endGroup(pid: number, first: First, { taskkill }: Ways = here()): Promise<void> {
  if (taskkill !== undefined) {
    await execa(taskkill, taskkillArguments(pid), quietly);
    letGo(first);
    return;
  }
  signalGroup(pid, 'SIGTERM');
  const until = performance.now() + graceMilliseconds;
  while (performance.now() < until && signalGroup(pid, 0)) await new Promise((resolve) => setTimeout(resolve, 10));
  signalGroup(pid, 'SIGKILL');
}

/** The same for an end that can wait for nothing. */
export function endGroupAtOnce(pid: number, first: First, { taskkill }: Ways = here()): void {
  if (taskkill === undefined) {
    signalGroup(pid, 'SIGKILL');
    return;
  }
  execaSync(taskkill, taskkillArguments(pid), quietly);
  letGo(first);
}

/** taskkill may be missing, forbidden or stuck: az itself ends without it, and what does not end is not waited for. */
function letGo(first: First): void {
  first.kill('SIGKILL');
  first.unref();
}

const quietly = { reject: false, stdio: 'ignore', timeout: taskkillMilliseconds } as const;

function taskkillArguments(pid: number): string[] {
  return ['/PID', String(pid), '/T', '/F'];
}

function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
