import widthOf from 'string-width';

/** Columns that a text takes. Past what anyone reads, a letter counts for one: measuring takes time for each. */
const stringWidth = (text: string): number =>
  isPlain.test(text) ? text.length : widthOf(text.slice(0, measured)) + Math.max(0, text.length - measured);
const measured = 2_000;
const isPlain = /^[ -~]*$/;

/**
 * Lines no wider than `width` columns, the first indented by `first`, the others by `rest`. A word is never cut. By hand, as
 * wrap-ansi has one width for all lines, and drops blanks that stand together.
 */
export function wrap(text: string, width: number, first = '', rest = first): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && stringWidth(line) + 1 + stringWidth(word) > width) {
      lines.push(line);
      line = rest;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

/** Rows as aligned columns with two blanks between; columns that are empty in every row are left out. */
export function columns(rows: readonly (readonly string[])[], indent = ''): readonly string[] {
  const most = (numbers: readonly number[]): number => numbers.reduce((one, other) => Math.max(one, other), 0);
  const count = most(rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, at) => most(rows.map((row) => stringWidth(row[at] ?? ''))));
  return rows.map((row) => {
    const cells = widths.flatMap((width, at) => {
      const cell = row[at] ?? '';
      return width === 0 ? [] : [cell + ' '.repeat(width - stringWidth(cell))];
    });
    return (indent + cells.join('  ')).trimEnd();
  });
}

/** Lines of a table that are wider than the terminal go on below, further in; an escape sequence takes no room. */
export const wrapLast = (lines: readonly string[], width: number): readonly string[] =>
  lines.flatMap((line) => (stringWidth(line) <= width ? [line] : cutAtBlanks(line, width)));

function cutAtBlanks(line: string, width: number): readonly string[] {
  const cells = line.split(/( {2,})/);
  const indent = /^ */.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let now = '';
  for (const cell of cells) {
    if (stringWidth(now) + stringWidth(cell) > width && cell.trim() !== '') {
      if (now.trim() !== '') lines.push(now.trimEnd());
      now = `${indent}     ${cell}`;
    } else now += cell;
  }
  return [...lines, now].flatMap((one) =>
    stringWidth(one) <= width ? [one] : wrap(one.trim(), width, /^ */.exec(one)?.[0] ?? ''),
  );
}

/** `a, b, c and 4 more`. */
export function someOf(items: readonly string[], most: number): string {
  if (items.length <= most) return items.join(', ');
  return `${items.slice(0, most).join(', ')} and ${items.length - most} more`;
}

/** The last type and name of a resource id, which is what people call it: `networkSecurityGroups/web-nsg`. */
export function shortId(id: string): string {
  const parts = id.split('/').filter((part) => part !== '');
  return parts.length > 2 ? parts.slice(-2).join('/') : id;
}
