/** A JSON object's property, or nothing for what is no object or has none of its own by that name. */
export function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

/** No answer of Azure comes near; what walks through one recurses. */
const deepest = 100;

/** Whether JSON text is nested deeper than any answer: it is not read then. */
export function isTooDeep(text: string): boolean {
  let open = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = endOfString(text, at);
    } else if (code === bracket || code === brace) {
      open += 1;
      if (open > deepest) return true;
    } else if (code === bracket + 2 || code === brace + 2) open -= 1; // `]` and `}`
  }
  return false;
}

const [quote, backslash, bracket, brace] = [0x22, 0x5c, 0x5b, 0x7b] as const;

/** Most of an answer is strings, which are skipped at one go. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0) {
    let before = end - 1;
    while (text.charCodeAt(before) === backslash) before -= 1;
    if ((end - before) % 2 === 1) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}

/** The text as JSON in a box, since `null` is JSON too; nothing if it is none, or is nested too deep. */
export function parsed(text: string): { readonly value: unknown } | undefined {
  if (isTooDeep(text)) return undefined;
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
