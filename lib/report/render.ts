import { jsonText } from './json.ts';
import { checkQuery, QueryError, query } from './query.ts';
import { tableText } from './table.ts';
import { tsvText } from './tsv.ts';
import { yamlText } from './yaml.ts';

export const formats = ['text', 'json', 'yaml', 'table', 'tsv'] as const;
/** What only some commands offer besides. */
export type SpecialFormat = 'mermaid';
export type Format = (typeof formats)[number] | SpecialFormat;

/** What a command has to say, in the forms that it can take; a form is made only when it is asked for. */
export interface Report {
  readonly value: unknown;
  /** The value as a list of flat objects, for table and TSV. */
  readonly rows: () => readonly unknown[];
  readonly text: () => string;
  readonly mermaid?: () => string;
}

export interface Rendering {
  /** Left out: text, or JSON with a query. */
  readonly format?: Format | undefined;
  readonly query?: string | undefined;
}

/** Throws a QueryError for what `render` could not do, before az was asked for nothing. */
export function checkRendering({ format, query: expression }: Rendering): void {
  if (expression === undefined) return;
  if (format === 'text') throw new QueryError('--query picks from JSON: ask for -o json, yaml, table or tsv with it.');
  if (format === 'mermaid') throw new QueryError('--query picks from JSON: leave it out with -o mermaid.');
  checkQuery(expression);
}

export function render(report: Report, rendering: Rendering): string {
  if (rendering.query !== undefined) {
    const picked = query(report.value, rendering.query);
    return serialized(picked, picked, rendering.format ?? 'json');
  }
  if (rendering.format === undefined || rendering.format === 'text') return report.text();
  if (rendering.format === 'mermaid') return report.mermaid?.() ?? report.text();
  const isList = rendering.format === 'table' || rendering.format === 'tsv';
  return serialized(report.value, isList ? report.rows() : [], rendering.format);
}

function serialized(value: unknown, rows: unknown, format: Format): string {
  switch (format) {
    case 'yaml':
      return yamlText(value);
    case 'table':
      return tableText(rows);
    case 'tsv':
      return tsvText(rows);
    default:
      return jsonText(value);
  }
}
