import { type Asking, askAll } from '../evidence/asking.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Rule } from '../rule.ts';
import type { Topology } from '../topology/model.ts';
import { baseline } from './baseline.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import { type Asker, type Draft, gather, unasked } from './gather.ts';
import { topologyOf } from './topology-of.ts';

/** A load balancer with what rules make of it, and the evidence for both. */
export interface Collected {
  readonly evidence: Evidence;
  readonly topology: Topology;
  readonly evaluation: Evaluation;
}

export async function collect(
  asking: Asking,
  loadBalancerId: string,
  start: Evidence,
  rules: readonly Rule[],
): Promise<Collected> {
  const collected = (await collectAll(asker(asking), [loadBalancerId], start, rules)).get(loadBalancerId);
  if (!collected) throw new Error(`Nothing was collected about ${loadBalancerId}.`);
  return collected;
}

export function asker(asking: Asking): Asker {
  return (asks) => askAll(asking, asks);
}

/** The same for several at once: a round asks what all of them need, so that what they share is asked once. */
export async function collectAll(
  ask: Asker,
  loadBalancerIds: readonly string[],
  start: Evidence,
  rules: readonly Rule[],
): Promise<ReadonlyMap<string, Collected>> {
  const complete = new Map<string, Collected>();
  const unfinished = new Map<string, readonly Rule[]>();
  return gather(ask, start, (evidence) => {
    const asks = loadBalancerIds
      .filter((id) => !complete.has(id))
      .flatMap((id) => {
        const found = redrafted(evidence, id, rules, unfinished.get(id) ?? rules);
        unfinished.set(id, found.made.evaluation.unfinished);
        if (found.asks.length === 0) complete.set(id, found.made);
        return found.asks;
      });
    return { made: complete, asks };
  });
}

/**
 * What is still to be asked for. A rule that asked for nothing has all it needs, so only the others are tried again, and
 * all of them once more at the end: what arrived since may have given one something else to look at.
 */
function redrafted(
  evidence: Evidence,
  id: string,
  rules: readonly Rule[],
  unfinished: readonly Rule[],
): Draft<Collected> {
  const topology = topologyOf(evidence, id);
  const asked = baseline(topology);
  const some = evaluate(unfinished, topology);
  const asks = unasked([...asked, ...some.asks], evidence);
  if (asks.length > 0 || unfinished === rules) return { made: { evidence, topology, evaluation: some }, asks };
  const evaluation = evaluate(rules, topology);
  return { made: { evidence, topology, evaluation }, asks: unasked([...asked, ...evaluation.asks], evidence) };
}

/** What the rules make of a load balancer from the evidence as it is. */
export function judged(evidence: Evidence, id: string, rules: readonly Rule[]): Collected {
  const topology = topologyOf(evidence, id);
  return { evidence, topology, evaluation: evaluate(rules, topology) };
}
