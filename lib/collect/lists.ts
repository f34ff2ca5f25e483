import { idKey, subscriptionOf } from '../azure/ids.ts';
import type { Ask } from '../evidence/ask.ts';
import { type Asking, askAll } from '../evidence/asking.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Question } from '../evidence/question.ts';
import { interfaces } from '../evidence/questions/interfaces.ts';
import { machineStates } from '../evidence/questions/machine-states.ts';
import { machines, scaleSets, securityGroups, virtualNetworks } from '../evidence/questions/subscription-lists.ts';
import { spread } from '../evidence/spread.ts';

/** With this many or fewer, all asked in full, asking about each member takes no more az processes than the lists. */
export const fewEnoughToAsk = 2;

/** What the subscriptions of these load balancers have, an az process a kind. */
export async function lists(
  asking: Asking,
  ids: readonly string[],
  more: readonly Question<unknown>[] = [],
): Promise<Evidence> {
  const questions = [interfaces, securityGroups, virtualNetworks, scaleSets, machines, machineStates, ...more];
  return spread(await askAll(asking, inSubscriptionsOf(ids, questions)));
}

/** Each question of each subscription that one of these ids is in. */
export function inSubscriptionsOf(ids: readonly string[], questions: readonly Question<unknown>[]): readonly Ask[] {
  const scopes = ids.map((id) => subscriptionOf(id));
  const subscriptions = new Map(scopes.map((id) => [idKey(id), id])).values();
  return [...subscriptions].flatMap((id) => questions.map((question) => ({ question, id })));
}
