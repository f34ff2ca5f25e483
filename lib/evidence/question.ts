import type { Schema } from './validate.ts';

/**
 * One kind of question to az about one resource. `T` is what its schema promises.
 * The phantom field carries the type from the question to its answer.
 */
export interface Question<T> {
  readonly name: string;
  readonly schema: Schema;
  /** The az arguments that ask this of these resources; one that can't take several gets one id at a time. */
  readonly argv: (ids: readonly string[]) => readonly string[];
  /** True where `--ids` takes many and each answer carries its own id. */
  readonly batch: boolean;
  /** Of these ids it is asked one at a time although it takes several: az has another command for them. */
  readonly alone?: (id: string) => boolean;
  /**
   * The things of a list, each as if it had been asked for alone. `beside` has what another question about the same scope
   * was answered.
   */
  readonly lists?: (printed: unknown, beside: (question: Question<unknown>) => unknown) => readonly Listed[];
  /** What of it stays so for as long as somebody waits: what was answered, or that it was refused. */
  readonly lasting?: 'answer' | 'refusal';
  /** A further step that a first answer leads to (a long-running action's result), instead of the answer itself. */
  readonly follow?: FollowUp;
  /** The az arguments for the page after this one, if there is one; or why it can't be asked for. */
  readonly nextPage?: (
    page: unknown,
    id: string,
  ) => { readonly argv: readonly string[] } | { readonly refused: string } | undefined;
  /** Why an answer that fits its schema can't be the one about `id`: what it is made of says that it is another's. */
  readonly misfit?: Misfit<T>['bivariant'];
  /** The first version of azlb that asks this: a recording that an earlier one made can have no answer to it. */
  readonly since?: string;
  /** True for a list of a whole subscription. */
  readonly wholeSubscription?: boolean;
  readonly answers?: T;
}

/** One thing as a list has it, printed as when `question` is asked about it alone. */
export interface Listed {
  readonly question: Question<unknown>;
  readonly printed: ListedThing;
}

export type ListedThing = object & { readonly id: string };

/** A question of a known answer is a question of an unknown one as well: its check is only ever given what fits. */
interface Misfit<T> {
  bivariant(value: T, id: string): string | undefined;
}

/** How a long-running action that az doesn't follow is followed: from what az printed on stderr. */
export interface FollowUp {
  /** What a person types for the result. */
  readonly command: string;
  /** The az arguments that fetch the result, or why there is nothing to fetch. */
  readonly next: (
    stderr: string,
  ) => { readonly argv: readonly string[]; readonly waitSeconds: number } | { readonly refused: string };
}

export function defineQuestion<T>(question: Question<T>): Question<T> {
  return question;
}
