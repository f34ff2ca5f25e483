import { AzError } from '../../lib/az/errors.ts';
import { NotComparable } from '../../lib/compare/not-comparable.ts';
import { ExpectationError } from '../../lib/expect/error.ts';
import { clean } from '../../lib/report/clean.ts';
import { QueryError } from '../../lib/report/query.ts';
import { OutputError } from './output.ts';
import { UsageError } from './usage-error.ts';

export interface Exit {
  readonly code: 2 | 3 | 4 | 70;
  /** For stderr. */
  readonly message: string;
}

/** 3: nothing there. 4: could not ask. 2: what az would be given is not allowed. */
const azExitCodes = {
  'not-found': 3,
  'group-not-found': 3,
  refused: 2,
  'not-installed': 4,
  'broken-install': 4,
  'not-logged-in': 4,
  'login-expired': 4,
  'subscription-not-found': 4,
  denied: 4,
  throttled: 4,
  busy: 4,
  'azure-failed': 4,
  unreachable: 4,
  'timed-out': 4,
  'time-up': 4,
  unreadable: 4,
  interrupted: 4,
  'not-recorded': 4,
  'bad-recording': 4,
  other: 4,
} as const satisfies Record<AzError['kind'], Exit['code']>;

/** How azlb ends after an error. What is none of the expected ones is azlb's own fault. */
export function exitOf(error: unknown, isVerbose: boolean): Exit {
  if (
    error instanceof UsageError ||
    error instanceof QueryError ||
    error instanceof NotComparable ||
    error instanceof ExpectationError
  )
    return { code: 2, message: `azlb: ${cleanLines(error.message)}` };
  if (error instanceof AzError) return { code: azExitCodes[error.kind], message: `azlb: ${cleanLines(error.message)}` };
  if (error instanceof OutputError) return { code: 4, message: `azlb: ${cleanLines(error.message)}` };
  return { code: 70, message: faultMessage(error, isVerbose) };
}

function faultMessage(error: unknown, isVerbose: boolean): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const lines = [`azlb: this is a fault of azlb itself, not of your load balancer: ${cleanLines(text)}`];
  if (!isVerbose) return [...lines, 'With --debug it prints where; please report that.'].join('\n');
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return [...lines, cleanLines(stack)].join('\n');
}

const cleanLines = (text: string): string => text.split('\n').map(clean).join('\n');
