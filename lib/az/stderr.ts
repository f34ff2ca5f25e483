import { parsed } from './json.ts';

/** What az wrote on stderr, read apart. Its lines begin with `ERROR: `, `WARNING: ` or, with --verbose, `INFO: `; a message may span lines. */
export interface Stderr {
  /** The first ERROR message, on one line and without the prefix; else the first line that is no INFO or WARNING. */
  readonly firstLine: string;
  /** Every ERROR message and unprefixed line, without tracebacks: the only text that may be searched for causes. */
  readonly errorText: string;
  /** Azure's error code, e.g. `AuthorizationFailed`. */
  readonly code?: string;
  /** Azure's message for the code. */
  readonly message?: string;
}

interface Entry {
  readonly level: string;
  readonly text: string;
}

export function readStderr(stderr: string): Stderr {
  const errors = entries(stderr).filter(({ level }) => level === 'ERROR' || level === '');
  const telling = errors.filter(({ text }) => text.trim() !== '' && !unexpected.test(text));
  const first = telling.find(({ level }) => level === 'ERROR') ?? telling[0];
  const errorText = errors.map(({ text }) => withoutTraceback(text)).join('\n');
  const coded = first ? azureError(first.text) : {};
  return { firstLine: first ? onOneLine(first.text) : '', errorText, ...coded };
}

// az puts this line before a Python exception; the next ERROR line says what it was.
const unexpected = /^The command failed with an unexpected error\. Here is the traceback:\s*$/;

function entries(stderr: string): readonly Entry[] {
  const found: { level: string; text: string }[] = [];
  for (const line of stripColour(stderr).split(/\r?\n/)) {
    const prefixed = /^(ERROR|WARNING|INFO|DEBUG|CRITICAL): ?(.*)$/s.exec(line);
    const last = found.at(-1);
    if (prefixed) found.push({ level: prefixed[1] ?? '', text: prefixed[2] ?? '' });
    else if (last) last.text += `\n${line}`;
    else found.push({ level: '', text: line });
  }
  return found;
}

function withoutTraceback(text: string): string {
  const at = text.indexOf('Traceback (most recent call last):');
  return at < 0 ? text : text.slice(0, at);
}

// `az rest` prints `Reason({…})` with the body as the server sent it, which may be indented.
function onOneLine(text: string): string {
  const trimmed = withoutTraceback(text).trim();
  if (/^[\w' -]*\(\{/.test(trimmed))
    return trimmed.slice(0, trimmed.lastIndexOf(')') + 1 || undefined).replace(/\s+/g, ' ');
  return trimmed.split('\n', 1)[0]?.trim() ?? '';
}

// az rest: Forbidden({"error":{"code":"…","message":"…"}}); az network: (Code) message, then `Code:` and `Message:` lines.
function azureError(text: string): { readonly code?: string; readonly message?: string } {
  const body = /^[\w' -]*\((\{.*\})\)/s.exec(text.trim())?.[1];
  if (body) return errorInBody(body);
  const coded = /^\((\w+)\) (.*)/.exec(text.trim());
  return coded?.[1] ? { code: coded[1], message: coded[2] ?? '' } : {};
}

function errorInBody(body: string): { readonly code?: string; readonly message?: string } {
  const error = property(parsed(body)?.value, 'error');
  const code = property(error, 'code');
  const message = property(error, 'message');
  return {
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof message === 'string' ? { message } : {}),
  };
}

function property(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([name]) => name.toLowerCase() === key)?.[1];
}

function stripColour(text: string): string {
  return text.replace(/\u001b\[[0-9;]*m/g, '');
}
