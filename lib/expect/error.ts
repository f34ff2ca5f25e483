/** An expectation file can't be used: each line of the message names file, line and column, and says what was meant. */
export class ExpectationError extends Error {
  override readonly name = 'ExpectationError';
}
