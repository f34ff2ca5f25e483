const collator = new Intl.Collator('en', { numeric: true });

/** Names as people count them: `web-9` before `web-10`. Equal only where they are the same. */
export function byName(one: string, other: string): number {
  return collator.compare(one, other) || (one < other ? -1 : one > other ? 1 : 0);
}

/** `web-2, web-10`: names for a sentence. */
export function inOrder(names: readonly string[]): readonly string[] {
  return [...names].sort(byName);
}
