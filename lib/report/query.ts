import { compile, search } from 'jmespath';

declare module 'jmespath' {
  // @types/jmespath 0.15 leaves it out.
  function compile(expression: string): unknown;
}

/** `--query`: not a JMESPath expression, or one that cannot be applied. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
}

/** Throws when it is no JMESPath expression; whether it can be applied depends on the value. */
export function checkQuery(expression: string): void {
  let parsed: unknown;
  try {
    parsed = compile(marked(expression));
  } catch (error) {
    throw refusal(error);
  }
  for (const name of new Set(functionsIn(parsed))) checkFunction(name);
}

/** The names of all functions that a parsed expression calls, wherever they stand. */
function functionsIn(parsed: unknown): readonly string[] {
  if (typeof parsed !== 'object' || parsed === null) return [];
  const own = 'type' in parsed && parsed.type === 'Function' && 'name' in parsed ? [String(parsed.name)] : [];
  return [...own, ...Object.values(parsed).flatMap(functionsIn)];
}

/** Called without arguments, one that there is says that it needs some; any other error waits for the value. */
function checkFunction(name: string): void {
  try {
    search(null, `${name}()`);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Unknown function')) throw refusal(error);
  }
}

/** The part of a JSON value that a JMESPath expression selects; null when it selects nothing. */
export function query(value: unknown, expression: string): unknown {
  try {
    const found = JSON.stringify(search(withMarkedKeys(value), marked(expression))) ?? 'null';
    return JSON.parse(found.replaceAll(mark, ''));
  } catch (error) {
    throw refusal(error);
  }
}

/**
 * jmespath reads fields as JavaScript does, and makes objects of its own (`{a: b}`): what objects inherit has another name
 * while it looks, in the value and in the expression alike. The mark is a character that nobody writes.
 */
const mark = '\uffff';
const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));
const markedName = (name: string): string => (inherited.has(name) ? name + mark : name);

function withMarkedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMarkedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [markedName(key), withMarkedKeys(inner)]));
}

/** Raw strings and JSON literals are no names. */
const words = /'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|"(?:\\.|[^"\\])*"|[A-Za-z_]\w*/gs;

const marked = (expression: string): string =>
  expression.replace(words, (word) => {
    const name = word.startsWith('"') ? unquoted(word) : word;
    return inherited.has(name) ? JSON.stringify(markedName(name)) : word;
  });

function unquoted(word: string): string {
  try {
    return String(JSON.parse(word));
  } catch {
    return word;
  }
}

function refusal(error: unknown): QueryError {
  const because = (error instanceof Error ? error.message : String(error)).replaceAll(mark, '');
  return new QueryError(`--query is no JMESPath expression that can be applied: ${because}`);
}
