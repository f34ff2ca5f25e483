/** Parts of JMESPath expressions, as az's own reader (jmespath.py) and jmespath.js read them alike. */

/** A property below what `query` selects. */
export function queryStep(query: string, key: string): string {
  return query === '' ? identifier(key) : `${query}.${identifier(key)}`;
}

/** The element of a list whose property has this value; none gives null. */
export function queryElement(query: string, keys: readonly string[], value: string): string {
  return `${query}[?${keys.map(identifier).join('.')}==${text(value)}] | [0]`;
}

const identifier = (key: string): string => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? key : JSON.stringify(key));

// Raw strings with quotes or backslashes are read differently by the two readers; a JSON literal isn't.
const text = (value: string): string =>
  /['\\]/.test(value) || hasControl(value) ? `\`${JSON.stringify(value).replaceAll('`', '\\u0060')}\`` : `'${value}'`;

const hasControl = (value: string): boolean => /[\u0000-\u001f\u007f]/.test(value);
