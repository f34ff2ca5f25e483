import { clean } from './clean.ts';
import { columns } from './layout.ts';
import { rowsOf } from './rows.ts';

/** A list of flat objects as aligned columns under a head, as `az -o table` prints them. */
export function tableText(value: unknown): string {
  const { head, rows } = rowsOf(value);
  const cells = rows.map((row) => row.map(clean));
  const names = head.map(clean);
  const widths = names.map((name, at) =>
    cells.reduce((most, row) => Math.max(most, row[at]?.length ?? 0), name.length),
  );
  const lines = names.length === 0 ? cells : [names, widths.map((width) => '-'.repeat(width)), ...cells];
  return columns(lines)
    .map((line) => `${line}\n`)
    .join('');
}
