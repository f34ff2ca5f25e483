import { exitOf } from '../../commands/support/exit.ts';
import { UsageError } from '../../commands/support/usage-error.ts';
import { AzError } from '../az/errors.ts';
import { ExpectationError } from '../expect/error.ts';
import { AzlbError, type AzlbErrorKind } from './error.ts';

export const misuse = (message: string): AzlbError =>
  new AzlbError(message, { kind: 'usage', command: null, hint: null, exitCode: 2, cause: undefined });

/** What `act` gives; what it throws as an AzlbError, but for a fault of azlb itself. */
export async function telling<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw told(error);
  }
}

function told(error: unknown): unknown {
  const kind = kindOf(error);
  const { code } = exitOf(error, false);
  if (kind === undefined || code === 70 || !(error instanceof Error)) return error;
  const { command = null, advice = null } = error instanceof AzError ? (error.failure ?? {}) : {};
  const message = command === null ? inOurWords(error.message) : error.message;
  return new AzlbError(message, { kind, command, hint: advice, exitCode: code, cause: error });
}

function kindOf(error: unknown): AzlbErrorKind | undefined {
  if (error instanceof AzError) return error.kind;
  if (error instanceof UsageError) return 'usage';
  return error instanceof ExpectationError ? 'expectation' : undefined;
}

const words = [
  [/-g\/--resource-group|-g\b(?!\/)/g, 'resourceGroup'],
  [/-n\/--name|-n\b(?!\/)/g, 'name'],
  [/--(ids|subscription|limit)\b/g, '$1'],
  [/--expect\b/g, 'expect'],
] as const;

/** Where a sentence names options of the command line, their names here. */
function inOurWords(message: string): string {
  return words.reduce((text, [option, name]) => text.replace(option, name), message);
}
