import { clean } from './clean.ts';
import { rowsOf } from './rows.ts';

/** A spreadsheet takes a field that begins so for a formula (CWE-1236). */
const formula = /^[=+\-@]/;
const number = /^-?\d+(\.\d+)?$/;

function fieldText(text: string): string {
  const cleaned = clean(text);
  return formula.test(cleaned) && !number.test(cleaned) ? `'${cleaned}` : cleaned;
}

/** Tab-separated values without a head, as `az -o tsv` prints them. Tabs and line ends inside a value become visible. */
export const tsvText = (value: unknown): string =>
  rowsOf(value)
    .rows.map((row) => `${row.map(fieldText).join('\t')}\n`)
    .join('');
