/** Why there is no diagnosis. `usage` and `expectation` are told before az is asked. */
export type AzlbErrorKind =
  | 'usage'
  | 'expectation'
  | 'refused'
  | 'not-found'
  | 'group-not-found'
  | 'subscription-not-found'
  | 'not-installed'
  | 'broken-install'
  | 'not-logged-in'
  | 'login-expired'
  | 'denied'
  | 'throttled'
  | 'busy'
  | 'azure-failed'
  | 'unreachable'
  | 'timed-out'
  | 'time-up'
  | 'unreadable'
  | 'interrupted'
  | 'not-recorded'
  | 'bad-recording'
  | 'other';

interface About {
  readonly kind: AzlbErrorKind;
  readonly command: string | null;
  readonly hint: string | null;
  readonly exitCode: 2 | 3 | 4;
  readonly cause: unknown;
}

/** There is no diagnosis. Any other error is a fault of azlb. */
export class AzlbError extends Error {
  override readonly name = 'AzlbError';
  readonly kind: AzlbErrorKind;
  /** The az command that failed, as a person types it; null where none was run. */
  readonly command: string | null;
  /** What to do about it, one sentence, where that is known; `message` ends with it. */
  readonly hint: string | null;
  /** How `azlb triage` would have ended. */
  readonly exitCode: 2 | 3 | 4;

  constructor(message: string, { kind, command, hint, exitCode, cause }: About) {
    super(message, { cause });
    this.kind = kind;
    this.command = command;
    this.hint = hint;
    this.exitCode = exitCode;
  }
}
