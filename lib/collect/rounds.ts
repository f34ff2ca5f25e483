import type { Az, Call } from '../az/call.ts';
import { classify, commandLine } from '../az/classify.ts';
import { type Ask, askKey } from '../evidence/ask.ts';
import { type Asking, askAll } from '../evidence/asking.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { open } from '../evidence/open.ts';
import { spread } from '../evidence/spread.ts';
import type { Rule } from '../rule.ts';
import type { Topology } from '../topology/model.ts';
import { normalize } from '../topology/normalize.ts';
import { baseline } from './baseline.ts';
import { type Evaluation, evaluate } from './evaluate.ts';

/** az's answers in rounds: ask, join, see what the rules still need, ask that, until nothing is left that can be had. */
export interface Collected {
  readonly evidence: Evidence;
  readonly topology: Topology;
  readonly evaluation: Evaluation;
}

/** More rounds than any chain of references is long; reaching it is a fault of ours. */
const mostRounds = 12;

export async function collect(
  asking: Asking,
  loadBalancerId: string,
  start: Evidence,
  rules: readonly Rule[],
): Promise<Collected> {
  const collected = (await collectAll(asking, [loadBalancerId], start, rules)).get(loadBalancerId);
  if (!collected) throw new Error(`Nothing was collected about ${loadBalancerId}.`);
  return collected;
}

/** The same for several at once: a round asks what all of them need, so that what they share is asked once. */
export async function collectAll(
  asking: Asking,
  loadBalancerIds: readonly string[],
  start: Evidence,
  rules: readonly Rule[],
): Promise<ReadonlyMap<string, Collected>> {
  const complete = new Map<string, Collected>();
  const unfinished = new Map<string, readonly Rule[]>();
  let evidence = start;
  for (let round = 0; round < mostRounds; round += 1) {
    const asks: Ask[] = [];
    for (const id of loadBalancerIds) {
      if (complete.has(id)) continue;
      const found = lookAgain(evidence, id, rules, unfinished.get(id) ?? rules);
      unfinished.set(id, found.evaluation.unfinished);
      if (found.missing.length === 0) complete.set(id, found);
      // Not spread into arguments: a large load balancer misses more than a call can take.
      else for (const ask of found.missing) asks.push(ask);
    }
    if (asks.length === 0) return complete;
    evidence = new Map([...evidence, ...spread(await askAll(asking, asks))]);
  }
  throw new Error(
    `Evidence about ${loadBalancerIds.join(', ')} was not complete after ${mostRounds} rounds of asking.`,
  );
}

/**
 * What is still to be asked for. A rule that asked for nothing has all it needs, so only the others are tried again, and
 * all of them once more at the end: what arrived since may have given one something else to look at.
 */
function lookAgain(
  evidence: Evidence,
  id: string,
  rules: readonly Rule[],
  unfinished: readonly Rule[],
): Collected & { readonly missing: readonly Ask[] } {
  const topology = topologyIn(evidence, id);
  const asked = baseline(topology);
  const some = evaluate(unfinished, topology);
  const missing = unasked([...asked, ...some.asks], evidence);
  if (missing.length > 0 || unfinished === rules) return { evidence, topology, evaluation: some, missing };
  const evaluation = evaluate(rules, topology);
  return { evidence, topology, evaluation, missing: unasked([...asked, ...evaluation.asks], evidence) };
}

/** What the rules make of a load balancer from the evidence as it is. */
export function seen(evidence: Evidence, id: string, rules: readonly Rule[]): Collected {
  const topology = topologyIn(evidence, id);
  return { evidence, topology, evaluation: evaluate(rules, topology) };
}

function topologyIn(evidence: Evidence, id: string): Topology {
  const state = open(normalize(evidence, id));
  if (!('known' in state) || 'gone' in state.known) throw new Error(`${id} was read, and can't be joined.`);
  return state.known;
}

function unasked(asks: readonly Ask[], evidence: Evidence): readonly Ask[] {
  return asks.filter((ask) => !evidence.has(askKey(ask)));
}

/** One az process, for the report: what was asked, how it went, how long it took. */
export interface AskedCall {
  readonly command: string;
  readonly status: 'read' | 'failed' | 'skipped';
  readonly because: string | null;
  readonly seconds: number;
}

/** Keeps an account of every az process. */
export function accounted(az: Az): { readonly az: Az; readonly calls: readonly AskedCall[] } {
  const calls: AskedCall[] = [];
  const account = (call: Call): void => {
    const failure = classify(call);
    calls.push({
      command: commandLine(call),
      status: failure?.kind === 'time-up' && call.seconds === 0 ? 'skipped' : failure ? 'failed' : 'read',
      because: failure ? failure.firstLine : null,
      seconds: Math.round(call.seconds * 100) / 100,
    });
  };
  const run: Az['run'] = async (argv, options) => {
    const call = await az.run(argv, options);
    account(call);
    return call;
  };
  return { az: { run }, calls };
}
