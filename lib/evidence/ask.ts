import { idKey } from '../azure/ids.ts';
import type { Question } from './question.ts';

/** One question about one resource. */
export interface Ask {
  readonly question: Question<unknown>;
  readonly id: string;
}

export function askKey({ question, id }: Ask): string {
  return `${question.name} ${idKey(id)}`;
}
