import { search } from 'jmespath';

/** `--query`: not a JMESPath expression, or one that cannot be applied. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
}

/** Throws when it is no JMESPath expression; whether it can be applied depends on the value. */
export function checkQuery(expression: string): void {
  try {
    search(null, expression);
  } catch (error) {
    // Anything else that jmespath 0.16 throws is about the value, which is not there yet.
    if (error instanceof Error && ['ParserError', 'LexerError'].includes(error.name)) throw refusal(error);
  }
}

/** The part of a JSON value that a JMESPath expression selects; null when it selects nothing. */
export function query(value: unknown, expression: string): unknown {
  try {
    return JSON.parse(JSON.stringify(search(bare(value), expression), withoutFunctions) ?? 'null');
  } catch (error) {
    throw refusal(error);
  }
}

/** jmespath reads fields as JavaScript does: of objects that inherit nothing it finds only what is there. It calls `hasOwnProperty` of each. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const made: Record<string, unknown> = Object.create(nothing);
  for (const [key, inner] of Object.entries(value)) {
    Object.defineProperty(made, key, { value: bare(inner), enumerable: true });
  }
  return made;
}
const nothing: object = Object.create(null, { hasOwnProperty: { value: Object.prototype.hasOwnProperty } });

const withoutFunctions = (_: string, value: unknown): unknown => (typeof value === 'function' ? null : value);

function refusal(error: unknown): QueryError {
  const because = error instanceof Error ? error.message : String(error);
  return new QueryError(`--query is no JMESPath expression that can be applied: ${because}`);
}
