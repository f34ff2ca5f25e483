/** The command line cannot be understood or carried out; az was not started. The message says what is allowed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
