import type { Call } from '../az/call.ts';
import { classify } from '../az/classify.ts';
import { type AzFailure, sentences } from '../az/errors.ts';
import { idKey } from '../azure/ids.ts';
import type { Ask } from './ask.ts';
import { canonical, isForeign } from './canonical.ts';
import { commandOf, type Outcome } from './evidence.ts';
import type { Gap } from './reading.ts';
import type { Answer } from './source.ts';
import { fits, misfit } from './validate.ts';

/** What one call about one thing says of it. */
export function outcomeOf(ask: Ask, call: Call, command: string = commandOf(ask)): Outcome {
  const failure = classify(call);
  if (failure) {
    if (failure.kind === 'not-found' || failure.kind === 'group-not-found') {
      return { ask, status: 'gone', refusal: { command, exitCode: call.exitCode, error: failure.firstLine } };
    }
    return { ask, status: 'missing', gap: gapOf(failure, command) };
  }
  if (call.stdout.trim() === '') return unreadable(ask, 'az printed nothing', command);
  return read(ask, JSON.parse(call.stdout), call.stdout);
}

/** An answer is one only when it fits its schema and carries the id that was asked for. */
export function read(ask: Ask, printed: unknown, text: string): Outcome {
  const value = isForeign(text) ? canonical(printed) : printed;
  if (!fits<unknown>(ask.question.schema, value)) {
    return unreadable(ask, `its answer does not fit: ${misfit(ask.question.schema, value)}`);
  }
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  if (typeof id === 'string' && ask.id.startsWith('/') && idKey(id) !== idKey(ask.id)) {
    return unreadable(ask, `it answered about ${id} instead`);
  }
  const why = ask.question.misfit?.(value, ask.id);
  if (why !== undefined) return unreadable(ask, why);
  return { ask, status: 'read', answer: new AnswerTo(ask, printed), value };
}

/** Few answers are ever cited: the command is spelled when one is. */
class AnswerTo implements Answer {
  readonly printed: unknown;
  readonly #ask: Ask;

  constructor(ask: Ask, printed: unknown) {
    this.#ask = ask;
    this.printed = printed;
  }

  get command(): string {
    return commandOf(this.#ask);
  }

  get follow(): string | undefined {
    return this.#ask.question.follow?.command;
  }
}

export function gapOf(failure: AzFailure, command: string): Gap {
  return {
    kind: failure.kind,
    because: sentences(failure),
    // Whatever was not asked then has the one reason.
    ...(failure.kind === 'time-up' ? {} : { command }),
    ...(failure.action === undefined ? {} : { action: failure.action }),
  };
}

export function unreadable(ask: Ask, because: string, command: string = commandOf(ask)): Outcome {
  return { ask, status: 'missing', gap: { kind: 'unreadable', because, command } };
}
