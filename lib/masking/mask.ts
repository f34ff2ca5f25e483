import type { Az, Call } from '../az/call.ts';
import { commandLine } from '../az/classify.ts';
import { AzError, type AzFailure } from '../az/errors.ts';
import { parsed, printed } from '../az/json.ts';
import { maskAddresses } from './addresses.ts';
import { maskIds } from './ids.ts';
import { maskJson } from './json.ts';
import { maskNames } from './names.ts';
import { maskSentences, secret } from './text.ts';

/** The masks of one run. What is masked by the same masks can be compared. */
export interface Masks {
  /** A sentence with names, ids and addresses in it. */
  readonly text: (text: string) => string;
  /** A resource id. */
  readonly id: (id: string) => string;
  readonly name: (name: string, kind: 'lb' | 'group') => string;
  /** A subscription's id or name. */
  readonly subscription: (subscription: string) => string;
  readonly call: (call: Call, asked: Pick<Call, 'argv' | 'input'>) => Call;
  /** What az, or what stands for it, threw when it was asked this in masks. */
  readonly error: (error: unknown, argv: readonly string[]) => unknown;
  /** What masked text stands for. */
  readonly real: (masked: string) => string;
}

/** Masks are counted in order of appearance: two runs over one recording give the same, and no table is kept. */
export function masks(): Masks {
  const names = maskNames();
  const addresses = maskAddresses();
  const ids = maskIds(names, addresses);
  const sentences = maskSentences(names, addresses, ids);
  const json = maskJson({ names, addresses, ids, sentences });

  const stdout = (text: string): string => {
    if (text.trim() === '') return text;
    const answer = parsed(text);
    if (answer) return printed(json(answer.value));
    // Of what is no JSON, only whether it is a page is ever read.
    return /^\s*<(!doctype|html|head|body|\?xml)/i.test(text) ? `<html>${secret}</html>\n` : `${secret}\n`;
  };

  // `az rest` prints Azure's refusal as `Forbidden({"error":…})`.
  const stderr = (text: string): string =>
    text
      .split(/(?=^(?:ERROR|WARNING|INFO|DEBUG): )/m)
      .map((entry) => {
        const [, before = '', body = '', after = ''] = /^([^({]*\()(\{[\s\S]*\})(\)[\s\S]*)$/.exec(entry) ?? [];
        const refusal = parsed(body);
        if (refusal) return before + JSON.stringify(json(refusal.value)) + sentences.mask(after);
        // az network: `(AuthorizationFailed) …`, then `Code: AuthorizationFailed` on a line of its own.
        return entry.replace(/^(?:ERROR: )?\(\w+\)|^Code: \w+$|[^\n]+/gm, (line) =>
          /^(ERROR: \(\w+\)|\(\w+\)|Code: \w+)$/.test(line) ? line : sentences.mask(line),
        );
      })
      .join('');

  const real = (masked: string): string => addresses.real(names.real(masked));

  // The command line is known in masks; what stands around it is a sentence.
  const told = (text: string, argv: readonly string[]): string =>
    text
      .split(commandLine({ argv: argv.map(real) }))
      .map(sentences.mask)
      .join(commandLine({ argv }));

  const failure = (of: AzFailure, argv: readonly string[]): AzFailure => ({
    ...of,
    command: told(of.command, argv),
    firstLine: told(of.firstLine, argv),
    advice: told(of.advice, argv),
    detail: stderr(of.detail),
    ...(of.missing === undefined ? {} : { missing: sentences.mask(of.missing) }),
  });

  return {
    text: sentences.mask,
    id: ids.path,
    name: names.name,
    subscription: (subscription) => ids.path(`/subscriptions/${subscription}`).slice('/subscriptions/'.length),
    call: (call, { argv, input }) => {
      const { input: _, ...rest } = call;
      return {
        ...rest,
        argv,
        ...(input === undefined ? {} : { input }),
        stdout: stdout(call.stdout),
        stderr: stderr(call.stderr),
      };
    },
    error: (error, argv) =>
      error instanceof AzError
        ? new AzError(error.kind, told(error.message, argv), {
            ...(error.failure && { failure: failure(error.failure, argv) }),
            ...(error.recordedBy !== undefined && { recordedBy: error.recordedBy }),
          })
        : error,
    real,
  };
}

/**
 * An az whose every answer is masked, and which is asked in masks. Whatever stands above it (the engine, a recording, a
 * report, progress) never sees a real name, so none of it can let one out.
 */
export function maskedAz(az: Az, made: Masks): Az {
  return {
    async run(argv, options) {
      const real = options?.input === undefined ? options : { ...options, input: made.real(options.input) };
      try {
        const call = await az.run(argv.map(made.real), real);
        const { input } = options ?? {};
        return made.call(call, input === undefined ? { argv } : { argv, input });
      } catch (error) {
        throw made.error(error, argv);
      }
    },
  };
}
