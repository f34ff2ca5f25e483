import { setTimeout as sleep } from 'node:timers/promises';
import { AzError } from '../lib/az/errors.ts';

export interface Interruption {
  /** Ends with an AzError `interrupted` when a signal comes. */
  readonly sleep: (seconds: number) => Promise<void>;
  /** The exit code of the signal that came, 130 for Ctrl-C. */
  readonly exitCode: () => number | undefined;
  readonly forget: () => void;
}

const signals = [
  { signal: 'SIGINT', code: 130 },
  { signal: 'SIGTERM', code: 143 },
  { signal: 'SIGHUP', code: 129 },
] as const;

/** Listens for the signals that end waiting, so that the last state is told; a second one ends the process at once. */
export function listenForInterruption(): Interruption {
  const abort = new AbortController();
  let exitCode: number | undefined;
  const listeners = signals.map(({ signal, code }) => ({
    signal,
    listener: () => {
      if (exitCode !== undefined) process.exit(code);
      exitCode = code;
      abort.abort();
    },
  }));
  for (const { signal, listener } of listeners) process.on(signal, listener);
  return {
    sleep: async (seconds) => {
      await sleep(seconds * 1000, undefined, { signal: abort.signal }).catch(() => {
        throw new AzError('interrupted', 'Interrupted while waiting.');
      });
    },
    exitCode: () => exitCode,
    forget: () => {
      // Whoever ends az's processes may still be at it, and would take the last listener's going for leave to die.
      if (exitCode !== undefined) return;
      for (const { signal, listener } of listeners) process.off(signal, listener);
    },
  };
}
