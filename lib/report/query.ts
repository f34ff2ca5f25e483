import { search } from 'jmespath';

/** `--query`: not a JMESPath expression, or one that cannot be applied. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
}

/** The part of a JSON value that a JMESPath expression selects; null when it selects nothing. */
export const query = (value: unknown, expression: string): unknown => {
  try {
    return search(value, expression);
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    throw new QueryError(`--query is not a JMESPath expression that can be applied: ${because}`);
  }
};
