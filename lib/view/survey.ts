import type { Diagnoses } from '../../schemas/diagnoses.generated.ts';
import type { AskedCall } from '../../schemas/diagnosis.generated.ts';
import type { Az } from '../az/call.ts';
import { idKey } from '../azure/ids.ts';
import { accounted } from '../collect/account.ts';
import { collectedAt } from '../collect/clock.ts';
import { fewEnoughToAsk, lists } from '../collect/lists.ts';
import { readLoadBalancer } from '../collect/load-balancer.ts';
import { type ReadLoadBalancers, readLoadBalancers, type Unread } from '../collect/load-balancers.ts';
import { asker, type Collected, collectAll, judged } from '../collect/rounds.ts';
import { scopeOf } from '../collect/scope.ts';
import type { Target } from '../collect/target.ts';
import { askKey } from '../evidence/ask.ts';
import type { Asking } from '../evidence/asking.ts';
import { loadBalancer } from '../evidence/questions/load-balancer.ts';
import type { Rule } from '../rule.ts';
import { byName } from '../words/name-order.ts';

/** The load balancers that a target means, joined with what was asked of them. */
export interface Survey {
  readonly collectedAt: string;
  readonly scope: Diagnoses['scope'];
  /** By id. */
  readonly loadBalancers: readonly Collected[];
  readonly unread: readonly Unread[];
  readonly calls: readonly AskedCall[];
}

export interface SurveyOptions {
  /** When a recording was made (ISO 8601, UTC); undefined when az is asked now. */
  readonly recordedAt: string | undefined;
  /** Only what the load balancers themselves say, or health and each member's interface and machine as well. */
  readonly depth: 'configuration' | 'members';
  /** Rules that look too, and whose needs are asked for; none when left out. */
  readonly rules?: readonly Rule[];
}

/** Asks az about load balancers to show them. Throws AzError when none of them can be read. */
export async function survey(source: Az, target: Target, options: SurveyOptions): Promise<Survey> {
  const { recordedAt, depth, rules = [] } = options;
  const { az, calls } = accounted(source);
  const asking: Asking = { az };
  const found = await readBy(asking, target);
  const ids = [...found.ids].sort((one, other) => byName(idKey(one), idKey(other)));
  return {
    collectedAt: collectedAt(recordedAt),
    scope: scopeOf(target, ids),
    loadBalancers: depth === 'configuration' ? ids.map((id) => judged(found.evidence, id, rules)) : await inFull(),
    unread: found.unread,
    calls,
  };

  async function inFull(): Promise<readonly Collected[]> {
    const isFew = ids.length <= fewEnoughToAsk;
    const start = isFew ? found.evidence : new Map([...found.evidence, ...(await lists(asking, ids))]);
    const collected = await collectAll(asker(asking), ids, start, rules);
    return ids.flatMap((id) => collected.get(id) ?? []);
  }
}

async function readBy(asking: Asking, target: Target): Promise<ReadLoadBalancers> {
  if (target.kind === 'scope' || target.kind === 'ids') return readLoadBalancers(asking, target);
  const { id, outcome } = await readLoadBalancer(asking.az, target);
  return { ids: [id], unread: [], evidence: new Map([[askKey({ question: loadBalancer, id }), outcome]]) };
}
