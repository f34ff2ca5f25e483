import type { Response } from './arm-answers.ts';
import { textAt } from './json.ts';
import { contentOf } from './wire.ts';
import type { FaultKind } from './world.ts';

/** How an az process ended. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut?: true;
}

export const failed = (stderr: string, exitCode = 1): Outcome => ({ exitCode, stdout: '', stderr });

export const printedOutcome = (value: unknown, stderr = ''): Outcome => ({
  exitCode: 0,
  stdout: `${JSON.stringify(value, null, 2)}\n`,
  stderr,
});

/** What `az network …` and its like say of an answer that is no good; undefined for one that is. */
export function refusal(response: Response): Outcome | undefined {
  const { status, body, fault } = response;
  if (status >= 400) {
    const code = textAt(body, 'error', 'code') ?? 'None';
    const message = textAt(body, 'error', 'message') ?? '';
    return failed(`ERROR: (${code}) ${message}\nCode: ${code}\nMessage: ${message}\n`, status === 404 ? 3 : 1);
  }
  const unfinished = status === 202 ? endOfAction(fault) : undefined;
  if (unfinished !== undefined) return unfinished;
  const content = contentOf(response);
  switch (fault) {
    case 'times-out':
      return { ...failed(''), timedOut: true };
    case 'html':
      return failed(unexpected(`Expect <class 'dict'>, got ${content} (<class 'str'>)`));
    case 'not-json':
      return failed('ERROR: JSON is invalid: Expecting value: line 1 column 1 (char 0)\n');
    case 'cut':
      return failed(
        `ERROR: JSON is invalid: Unterminated string starting at: line 1 column ${content.length} (char ${content.length - 1})\n`,
      );
    case 'cut-with-length':
      return failed(`ERROR: ${connectionBroken(response)}\n`);
    default:
      return undefined;
  }
}

/** An action that az waits for (2.91). */
function endOfAction(fault: FaultKind | undefined): Outcome | undefined {
  if (fault === 'no-location') return failed(unexpected("Model 'AAZObjectType' has no field named 'instance'"));
  if (fault === 'foreign-location')
    return failed(
      "ERROR: HTTPSConnection(host='management.shop.example', port=443): Failed to resolve 'management.shop.example' ([Errno -2] Name or service not known)\n",
    );
  return fault === 'endless' ? { ...failed(''), timedOut: true } : undefined;
}

const unexpected = (message: string): string =>
  `ERROR: The command failed with an unexpected error. Here is the traceback:\nERROR: ${message}\nTraceback (most recent call last):\nTo check existing issues, please visit: https://github.com/Azure/azure-cli/issues\n`;

function connectionBroken(response: Response): string {
  const read = contentOf(response).length;
  const incomplete = `IncompleteRead(${read} bytes read, ${contentOf({ ...response, fault: 'slow' }).length - read} more expected)`;
  return `('Connection broken: ${incomplete}', ${incomplete})`;
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
};

/** How `az rest` ends: a refusal is exit 1 with the reason phrase and the whole body, and whatever else came is printed with exit 0. */
export function restOutcome(response: Response, warns: boolean): Outcome {
  const { status, body, fault } = response;
  if (status >= 400) return failed(`ERROR: ${REASONS[status] ?? status}(${JSON.stringify(body)})\n`);
  if (fault === 'times-out') return { ...failed(''), timedOut: true };
  if (fault === 'cut-with-length') return failed(unexpected(connectionBroken(response)));
  if (fault === 'html' || fault === 'not-json' || fault === 'cut') {
    const warning =
      'WARNING: Not a json response, outputting to stdout. For binary data suggest use "--output-file" to write to a file\n';
    return { exitCode: 0, stdout: `${contentOf(response)}\n`, stderr: warns ? warning : '' };
  }
  return body === undefined ? { exitCode: 0, stdout: '', stderr: '' } : printedOutcome(body);
}
