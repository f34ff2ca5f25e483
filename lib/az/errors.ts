/** Why az gave no answer: what is told apart because the next thing to do differs. */
export type AzFailureKind =
  | 'not-installed'
  | 'broken-install'
  | 'not-logged-in'
  | 'login-expired'
  | 'subscription-not-found'
  | 'denied'
  | 'group-not-found'
  | 'not-found'
  | 'throttled'
  /** Something else is being written there. */
  | 'busy'
  /** Azure's own fault: 5xx. */
  | 'azure-failed'
  | 'unreachable'
  | 'timed-out'
  | 'time-up'
  | 'unreadable'
  | 'refused'
  | 'interrupted'
  | 'other';

export interface AzFailure {
  readonly kind: AzFailureKind;
  /** The az command line as a person types it in bash. */
  readonly command: string;
  /** az's own message, its first line, without `ERROR: `. */
  readonly firstLine: string;
  /** One sentence on what to do next. */
  readonly advice: string;
  /** All that az wrote on stderr. */
  readonly detail: string;
  /** az gave no message: why it failed is not known. */
  readonly isSilent?: true;
  /** The action that Azure refused, e.g. `Microsoft.Network/loadBalancers/loadBalancingRules/health/action`. */
  readonly action?: string;
  /** The resource that is not there, as Azure names it. */
  readonly missing?: string;
  /** Seconds that Azure asked to wait. */
  readonly retryAfter?: number;
}

/** Asking failed in a way that no `Call` can hold: az not started, a question refused, a recording without an answer. */
export class AzError extends Error {
  override readonly name = 'AzError';
  readonly kind: AzFailureKind | 'not-recorded' | 'bad-recording';
  readonly failure?: AzFailure;
  /** For `not-recorded`: the version of azlb that made the recording. */
  readonly recordedBy?: string;

  constructor(kind: AzError['kind'], message: string, about: { failure?: AzFailure; recordedBy?: string } = {}) {
    super(message);
    this.kind = kind;
    if (about.failure) this.failure = about.failure;
    if (about.recordedBy !== undefined) this.recordedBy = about.recordedBy;
  }
}

/** The error for a failure that has no `Call`: its message says what was run, what went wrong, what to do. */
export function failed(failure: AzFailure): AzError {
  return new AzError(failure.kind, `${failure.command}: ${sentences(failure)}`, { failure });
}

/** What went wrong and what to do, as sentences: az ends its own with or without a full stop, and may say the same. */
export function sentences({ firstLine, advice }: Pick<AzFailure, 'firstLine' | 'advice'>): string {
  const said = advice.includes('az login')
    ? firstLine.replace(/(?:^|(?<=\. ))(?:Please )?run ['`]az login['`][^.]{0,200}\.?$/i, '').trim()
    : firstLine.trim();
  if (said === '') return advice;
  return `${/[.!?:]$/.test(said) ? said : `${said}.`} ${advice}`;
}
