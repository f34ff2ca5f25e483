const order = new Intl.Collator('en', { numeric: true });

/** web-2 before web-10. */
export function naturally(one: string, other: string): number {
  return order.compare(one, other) || (one < other ? -1 : Number(one > other));
}

/** So many names are read; more are only counted. */
const most = 10;

/** `web-1, web-2, web-10`, each once, and how many more there are. */
export function named(names: readonly string[]): string {
  const all = [...new Set(names)].sort(naturally);
  const told = all.length > most + 1 ? all.slice(0, most) : all;
  const more = all.length - told.length;
  return more === 0 ? told.join(', ') : `${told.join(', ')} and ${more} more`;
}

/** `1 machine`, `3 machines`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
