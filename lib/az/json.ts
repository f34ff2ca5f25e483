/** A JSON object's property, or nothing for what is no object or has none of its own by that name. */
export function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

/** The text as JSON in a box, since `null` is JSON too; nothing if it is none. */
export function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch {
    return undefined;
  }
}

/** As az and our recordings print it. */
export function printed(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
