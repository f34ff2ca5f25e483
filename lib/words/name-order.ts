const collator = new Intl.Collator('en', { numeric: true });

/** Names as people count them: `web-9` before `web-10`. Equal only where they are the same. */
export function byName(one: string, other: string): number {
  return collator.compare(one, other) || (one < other ? -1 : one > other ? 1 : 0);
}

/** `web-2, web-10`: names for a sentence. */
export function inOrder(names: readonly string[]): readonly string[] {
  return [...names].sort(byName);
}

/** So many names are read; more are only counted. */
const most = 10;

/** `web-1, web-2, web-10`, each once, and how many more there are. */
export function named(names: readonly string[]): string {
  const all = inOrder([...new Set(names)]);
  const told = all.length > most + 1 ? all.slice(0, most) : all;
  const more = all.length - told.length;
  return more === 0 ? told.join(', ') : `${told.join(', ')} and ${more} more`;
}
