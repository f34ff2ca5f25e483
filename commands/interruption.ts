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

/**
 * Listens for the signals that end waiting; a second one ends the process at once. The listeners stay until the end is
 * told: with none left, whoever ends az's processes would let the signal end this one too.
 */
export const listenForInterruption = (): Interruption => {
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
      for (const { signal, listener } of listeners) process.off(signal, listener);
    },
  };
};
