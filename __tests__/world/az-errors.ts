import type { Response } from './azure.ts';
import { textAt } from './json.ts';

/** How an az process ended. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds?: number;
  readonly timedOut?: true;
}

export const printedOutcome = (value: unknown, stderr = ''): Outcome => ({
  exitCode: 0,
  stdout: `${JSON.stringify(value, null, 2)}\n`,
  stderr,
});

/** What `az network …` and its like say of a refusal; not-found is exit 3, all else 1. */
export function refusal({ status, body }: Response): Outcome {
  const code = textAt(body, 'error', 'code') ?? 'None';
  const message = textAt(body, 'error', 'message') ?? '';
  return {
    exitCode: status === 404 ? 3 : 1,
    stdout: '',
    stderr: `ERROR: (${code}) ${message}\nCode: ${code}\nMessage: ${message}\n`,
  };
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
};

/** What `az rest` says: the reason phrase and the whole body; exit 1 whatever the status. */
export const restRefusal = ({ status, body }: Response): Outcome => ({
  exitCode: 1,
  stdout: '',
  stderr: `ERROR: ${REASONS[status] ?? status}(${JSON.stringify(body)})\n`,
});
