import type { Call } from '../../lib/az/call.ts';

/** One thing's answer, wherever az prints it: alone, in a batch or in a list. */
export interface Answer {
  /** The az command's words. */
  readonly question: string;
  /** The id of the thing, or for an answer without an id (a list, health) the command line. */
  readonly about: string;
  readonly value: unknown;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function questionOf(argv: readonly string[]): string {
  const words = argv.slice(
    0,
    argv.findIndex((word) => word.startsWith('-')),
  );
  const url = argv.find((word) => word.startsWith('--url='));
  if (url === undefined) return words.join(' ');
  return `rest ${/operationResults/i.test(url) ? 'health' : (/\/(\w+)\?/.exec(url)?.[1] ?? '')}`;
}

const idIn = (value: unknown): string | undefined =>
  isObject(value) && typeof value.id === 'string' ? value.id.toLowerCase() : undefined;

function parsed(call: Call): unknown {
  if (call.exitCode !== 0 || call.stdout.trim() === '') return undefined;
  return JSON.parse(call.stdout);
}

/** The answers in what one call printed: a list is one itself, and each of its things. */
export function answersIn(call: Call): readonly Answer[] {
  const question = questionOf(call.argv);
  const printed = parsed(call);
  if (printed === undefined || question === 'version') return [];
  const command = call.argv.join(' ');
  const about = (value: unknown): string => idIn(value) ?? command;
  if (!Array.isArray(printed)) return [{ question, about: about(printed), value: printed }];
  const items = printed.filter((item) => idIn(item) !== undefined);
  const list = call.argv.includes('--ids') ? [] : [{ question, about: command, value: printed }];
  return [...list, ...items.map((value): Answer => ({ question, about: about(value), value }))];
}

/** The call with that one answer changed, in whatever batch or list it came. */
export function withAnswer(call: Call, { question, about }: Answer, change: (value: unknown) => unknown): Call {
  if (questionOf(call.argv) !== question) return call;
  const printed = parsed(call);
  if (printed === undefined) return call;
  if (call.argv.join(' ') === about) return { ...call, stdout: JSON.stringify(change(printed)) };
  if (Array.isArray(printed)) {
    const changed = printed.map((item) => (idIn(item) === about ? change(item) : item));
    return { ...call, stdout: JSON.stringify(changed) };
  }
  return idIn(printed) === about ? { ...call, stdout: JSON.stringify(change(printed)) } : call;
}
