import { parsed } from './json.ts';

/** What az wrote on stderr, read apart. Its lines begin with `ERROR: `, `WARNING: ` or, with --verbose, `INFO: `; a message may span lines. */
export interface Stderr {
  /** The first ERROR message, on one line and without the prefix; else the first line that is no INFO or WARNING. */
  readonly firstLine: string;
  /** Every ERROR message and unprefixed line, without tracebacks: the only text that may be searched for causes. */
  readonly errorText: string;
  /** The same with what az printed as a warning: where it says which login it wants. */
  readonly told: string;
  /** What az itself printed below Azure's code and message. */
  readonly below: string;
  /** The traceback of a Python exception, without its last line. */
  readonly traceback: string;
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
  const all = entries(withoutPythonWarnings(stderr));
  const errors = all.filter(({ level }) => level === 'ERROR' || level === '');
  const telling = errors.filter(({ text }) => text.trim() !== '' && !unexpected.test(text));
  const first = telling.find(({ level }) => level === 'ERROR') ?? telling[0];
  const traces = errors.map(({ text }) => tracebackIn(text));
  const exception = traces.map((trace) => trace.exception).find((line) => line !== undefined);
  const errorText = [...errors.map(({ text }) => withoutTraceback(text)), exception ?? ''].join('\n');
  const warnings = all.filter(({ level }) => level === 'WARNING').map(({ text }) => text);
  const coded = first ? azureError(first.text) : {};
  return {
    firstLine: (first && onOneLine(first.text)) || (exception ?? ''),
    errorText,
    told: [errorText, ...warnings].join('\n'),
    below: first ? belowMessage(first.text) : '',
    traceback: traces.map(({ lines }) => lines).join('\n'),
    ...coded,
  };
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

// Python's own warnings come before anything az says: `…/x.py:12: SyntaxWarning: …`, then the line of code, indented.
function withoutPythonWarnings(stderr: string): string {
  return stderr.replace(/^\S[^\n]{0,400}?:\d{1,7}: \w{0,60}Warning: [^\n]*\n(?:[ \t][^\n]*\n)?/gm, '');
}

interface Traceback {
  readonly lines: string;
  /** Its last line, `PermissionError: …`. */
  readonly exception?: string;
}

function tracebackIn(text: string): Traceback {
  const at = text.indexOf(tracebackBegins);
  if (at < 0) return { lines: '' };
  const lines = text.slice(at).split('\n');
  const exception = lines.findLast((line) => /^(?:[a-z_]\w*\.)*[A-Z]\w*(?:: .*)?$/.test(line))?.trim();
  return { lines: lines.filter((line) => line.trim() !== exception).join('\n'), ...(exception && { exception }) };
}

const tracebackBegins = 'Traceback (most recent call last):';

// `Code:` and `Message:` say again what the first line does, with --verbose more of it.
function belowMessage(text: string): string {
  const rest = /^[\w' -]*\(\{/.test(text.trim()) ? text.slice(text.lastIndexOf('})') + 2) : text.replace(/^[^\n]*/, '');
  return rest
    .split('\n')
    .filter((line) => !/^(Code|Message|Target|Exception Details):/.test(line))
    .join('\n');
}

function withoutTraceback(text: string): string {
  const at = text.indexOf(tracebackBegins);
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
