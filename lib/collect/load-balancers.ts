import type { Az, Call } from '../az/call.ts';
import { classify, commandLine } from '../az/classify.ts';
import { AzError, failed } from '../az/errors.ts';
import { idKey, parseId, sameName } from '../azure/ids.ts';
import { askKey } from '../evidence/ask.ts';
import { type Asking, askAll } from '../evidence/asking.ts';
import type { Evidence, Outcome } from '../evidence/evidence.ts';
import { read } from '../evidence/outcome.ts';
import { loadBalancer } from '../evidence/questions/load-balancer.ts';
import type { IdsTarget, ScopeTarget } from './target.ts';

/** The load balancers that a target means, each read or with the reason why it could not be. */
export interface ReadLoadBalancers {
  readonly ids: readonly string[];
  readonly unread: readonly Unread[];
  readonly evidence: Evidence;
}

export interface Unread {
  readonly id: string;
  readonly because: string;
}

/** Throws AzError where nothing can be said of any: the list can't be had, or none of those named can be read. */
export async function readLoadBalancers(asking: Asking, target: ScopeTarget | IdsTarget): Promise<ReadLoadBalancers> {
  const listed = target.kind === 'scope' ? await listedIn(asking.az, target) : new Map<string, Outcome>();
  const named = target.kind === 'scope' ? [...listed.keys()] : target.ids;
  const ids = [...new Map(named.map((id) => [idKey(id), id])).values()];
  const asks = ids.filter((id) => !isRead(listed.get(id))).map((id) => ({ question: loadBalancer, id }));
  const evidence = new Map([
    ...[...listed].map(([id, outcome]) => [askKey({ question: loadBalancer, id }), outcome] as const),
    ...(await askAll(asking, asks)),
  ]);
  const outcomes = ids.map((id) => ({ id, outcome: evidence.get(askKey({ question: loadBalancer, id })) }));
  const unread = outcomes.flatMap(({ id, outcome }) => (isRead(outcome) ? [] : [{ id, outcome }]));
  const [first] = unread;
  if (first !== undefined && unread.length === ids.length) throw errorOf(first.id, first.outcome);
  return {
    ids: ids.filter((id) => unread.every((other) => other.id !== id)),
    unread: unread.map(({ id, outcome }) => ({ id, because: reasonOf(outcome) })),
    evidence,
  };
}

/** Each load balancer of the scope as if asked for alone; az fills in a group that was left out from its defaults. */
async function listedIn(az: Az, { resourceGroup, subscription }: ScopeTarget): Promise<ReadonlyMap<string, Outcome>> {
  const call = await az.run([
    'network',
    'lb',
    'list',
    ...(resourceGroup === undefined ? [] : [`--resource-group=${resourceGroup}`]),
    ...(subscription === undefined ? [] : [`--subscription=${subscription}`]),
  ]);
  const failure = classify(call);
  if (failure) throw failed(failure);
  const items = itemsOf(call);
  const stranger = items.find(({ id }) => !isIn(resourceGroup, id));
  if (stranger !== undefined) {
    throw new AzError('unreadable', `${commandLine(call)}: it lists ${stranger.id}, which is not of that group.`);
  }
  return new Map(
    items.map((item) => [item.id, read({ question: loadBalancer, id: item.id }, item, JSON.stringify(item))]),
  );
}

function isIn(resourceGroup: string | undefined, id: string): boolean {
  return resourceGroup === undefined || sameName(parseId(id)?.resourceGroup, resourceGroup);
}

function itemsOf(call: Call): readonly (object & { readonly id: string })[] {
  const printed: unknown = call.stdout.trim() === '' ? undefined : JSON.parse(call.stdout);
  const isItem = (item: unknown): item is object & { readonly id: string } =>
    typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string';
  if (Array.isArray(printed) && printed.every(isItem)) return printed;
  throw new AzError(
    'unreadable',
    `${commandLine(call)}: its answer is no list of load balancers. Run it by hand to see its answer.`,
  );
}

function isRead(outcome: Outcome | undefined): boolean {
  return outcome?.status === 'read';
}

function reasonOf(outcome: Outcome | undefined): string {
  if (outcome?.status === 'gone') return `${outcome.refusal.command}: ${outcome.refusal.error}`;
  if (outcome?.status !== 'missing') return 'it was not asked for';
  const { command, because } = outcome.gap;
  return command === undefined ? because : `${command}: ${because}`;
}

function errorOf(id: string, outcome: Outcome | undefined): AzError {
  const because = outcome ? reasonOf(outcome) : `${id} was not asked for`;
  if (outcome?.status === 'gone') {
    return new AzError('not-found', `${because} Check the name, the resource group and the subscription.`);
  }
  return new AzError('unreadable', because);
}
