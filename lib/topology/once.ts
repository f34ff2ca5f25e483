/** Makes what belongs to a key when it is first asked for, and keeps it as long as the key lives. */
export function once<K extends object, T>(made: WeakMap<K, T>, key: K, make: () => T): T {
  const known = made.get(key);
  if (known !== undefined) return known;
  const value = make();
  made.set(key, value);
  return value;
}
