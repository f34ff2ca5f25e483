/** The two sides are no two of a kind. The message says what they are. */
export class NotComparable extends Error {
  override readonly name = 'NotComparable';
}
