import { constants } from 'node:os';

/** Those that ask us to end. */
export const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const satisfies readonly NodeJS.Signals[];
export type EndingSignal = (typeof endingSignals)[number];

/** How whoever is ended by a signal ends, as shells say it: 130 for Ctrl-C. */
export const exitCodeOf = (signal: NodeJS.Signals): number => 128 + constants.signals[signal];
