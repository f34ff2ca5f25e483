import { setTimeout as sleep } from 'node:timers/promises';
import { AzError } from '../../lib/az/errors.ts';
import { endingSignals, exitCodeOf } from '../../lib/az/signals.ts';

export interface Interruption {
  /** From now on signals end waiting, so that the last state is told; a second one ends the process at once. */
  readonly listen: () => void;
  /** Ends with an AzError `interrupted` when a signal comes. */
  readonly sleep: (seconds: number) => Promise<void>;
  /** The exit code of the signal that came, 130 for Ctrl-C. */
  readonly exitCode: () => number | undefined;
}

/** Signals are listened for, once it says so, until it is done. */
export async function interruptible<T>(use: (interruption: Interruption) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  let exitCode: number | undefined;
  const listeners = endingSignals.map((signal) => ({
    signal,
    listener: () => {
      if (exitCode !== undefined) process.exit(exitCodeOf(signal));
      exitCode = exitCodeOf(signal);
      abort.abort();
    },
  }));
  try {
    return await use({
      listen: () => {
        for (const { signal, listener } of listeners) process.on(signal, listener);
      },
      sleep: async (seconds) => {
        await sleep(seconds * 1000, undefined, { signal: abort.signal }).catch(() => {
          throw new AzError('interrupted', 'Interrupted while waiting.');
        });
      },
      exitCode: () => exitCode,
    });
  } finally {
    // Whoever ends az's processes may still be at it, and would take the last listener's going for leave to die.
    if (exitCode === undefined) for (const { signal, listener } of listeners) process.off(signal, listener);
  }
}
