import type { Listed, ListedThing, Question } from './question.ts';

/** Every thing of a list as the answer to this question about it. */
export function eachAs(question: Question<unknown>): (printed: unknown) => readonly Listed[] {
  return (printed) => thingsIn(printed).map((thing) => ({ question, printed: thing }));
}

export function thingsIn(printed: unknown): readonly ListedThing[] {
  const items: readonly unknown[] = Array.isArray(printed) ? printed : [];
  return items.filter(
    (item): item is ListedThing =>
      typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string',
  );
}
