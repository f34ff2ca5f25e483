/** What `az rest --verbose` says about its one request on stderr (az 2.50 to 2.91 print it as `INFO:` lines). */
export interface Exchange {
  readonly url?: string;
  readonly status?: number;
  readonly location?: string;
  /** Seconds, also when the header was a date. */
  readonly retryAfter?: number;
}

/** Reads the headers between `Response headers:` and `Response content:`, since a body could hold look-alikes. */
export function exchange(stderr: string, now: Date = new Date()): Exchange {
  const kept = keptLines(stderr);
  const url = quoted(kept.find((line) => line.startsWith('INFO: Request URL: ')));
  const status = Number(
    /^INFO: Response status: (\d+)/.exec(kept.find((line) => line.includes('Response status')) ?? '')?.[1],
  );
  const location = headerValue(kept, 'location');
  const retryAfter = seconds(headerValue(kept, 'retry-after'), now);
  return {
    ...(url === undefined ? {} : { url }),
    ...(Number.isNaN(status) ? {} : { status }),
    ...(location === undefined ? {} : { location }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}

/** The stderr of a --verbose call without what may be secret: request URL, status, Location, Retry-After and the errors stay. */
export function reducedStderr(stderr: string): string {
  const kept = keptLines(stderr);
  return kept.length === 0 ? '' : `${kept.join('\n')}\n`;
}

function keptLines(stderr: string): readonly string[] {
  const kept: string[] = [];
  let part: 'before' | 'headers' | 'content' | 'error' = 'before';
  for (const line of stderr.split(/\r?\n/)) {
    if (/^(ERROR|WARNING): /.test(line)) part = 'error';
    else if (part === 'error' && /^(INFO|DEBUG): /.test(line)) part = 'content';
    if (part === 'error') kept.push(line);
    else if (part === 'before' && /^INFO: (Request URL: |Response status: )/.test(line)) kept.push(line);
    else if (part === 'before' && line.startsWith('INFO: Response headers:')) {
      part = 'headers';
      kept.push(line);
    } else if (part === 'headers' && line.startsWith('INFO: Response content:')) part = 'content';
    else if (part === 'headers' && /^INFO: +'(location|retry-after)': /i.test(line)) kept.push(line);
  }
  while (kept.at(-1) === '') kept.pop();
  return kept;
}

function headerValue(lines: readonly string[], name: string): string | undefined {
  return quoted(
    lines.find((line) => line.toLowerCase().startsWith('info:') && line.toLowerCase().includes(`'${name}': `)),
    name,
  );
}

// Python's repr: single quotes, or double ones when the text holds a single quote.
function quoted(line: string | undefined, header?: string): string | undefined {
  if (line === undefined) return undefined;
  const rest =
    header === undefined ? line : line.slice(line.toLowerCase().indexOf(`'${header}': `) + header.length + 4);
  // Letter by letter from the end: a pattern would try every quote of a long header with every other.
  const text = rest.trimEnd();
  const mark = text.at(-1);
  if (mark !== "'" && mark !== '"') return undefined;
  const start = text.indexOf(mark);
  return start === text.length - 1 ? undefined : text.slice(start + 1, -1);
}

function seconds(value: string | undefined, now: Date): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now.getTime()) / 1000));
}
