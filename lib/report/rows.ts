/** A list of flat objects as a head and rows of text. What is no list of objects is brought into that form. */
export interface Rows {
  /** Empty where the values have no names. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Columns in the order in which the objects first name them. */
export function rowsOf(value: unknown): Rows {
  const list: readonly unknown[] = Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
  const head = [...new Set(list.flatMap((item) => (isObject(item) ? Object.keys(item) : [])))];
  const row = (item: unknown): readonly string[] => {
    if (isObject(item)) return head.map((key) => cellText(item[key]));
    return Array.isArray(item) ? item.map(cellText) : [cellText(item)];
  };
  return { head, rows: list.map(row) };
}
