import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { azVersionIn, versionAsk } from '../collect/az-version.ts';
import { collectedAt } from '../collect/clock.ts';
import { gather } from '../collect/gather.ts';
import { readLoadBalancer } from '../collect/load-balancer.ts';
import { needsOf } from '../collect/needs.ts';
import { asker, type Collected, collect } from '../collect/rounds.ts';
import type { Target } from '../collect/target.ts';
import { topologyOf } from '../collect/topology-of.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import { worstVerdict } from '../diagnosis/verdict.ts';
import { askKey } from '../evidence/ask.ts';
import { askAll } from '../evidence/asking.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { loadBalancer as loadBalancerQuestion } from '../evidence/questions/load-balancer.ts';
import type { Rule } from '../rule.ts';
import type { LoadBalancer } from '../topology/model.ts';
import { version as azlbVersion } from '../version.ts';
import type { Condition, WaitPlace } from './condition.ts';
import type { Seen } from './look.ts';
import type { LookAsking } from './look-asking.ts';
import { scopeIn } from './scope.ts';
import { type Meant, readingsFor, type Sight, see, seenVerdict } from './see.ts';

export interface LookFor {
  readonly target: Target;
  readonly condition: Condition;
  /** Known only once az has answered, where names are masked. */
  readonly place: () => WaitPlace;
  /** Undefined: nothing is known of what the load balancer is meant to be. */
  readonly meantOf: (loadBalancer: LoadBalancer) => Meant;
  readonly rules: readonly Rule[];
  readonly recordedAt: string | undefined;
}

/** What a look found, and what it was made of. */
export interface Looked {
  readonly seen: Seen;
  readonly loadBalancer: LoadBalancer;
  /** Asked in this look alone. */
  readonly evidence: Evidence;
  /** Made where the condition needs it. */
  readonly diagnosis: Diagnosis | undefined;
}

/** Asks what can have changed. `lasting` is what an earlier look learnt that can't. Throws AzError where the load balancer can't be read. */
export async function lookAt(asking: LookAsking, what: LookFor, lasting: Evidence): Promise<Looked> {
  const first = await readLoadBalancer(asking.az, what.target);
  const start: Evidence = new Map([[askKey({ question: loadBalancerQuestion, id: first.id }), first.outcome]]);
  const sight = await gather(asker(asking), new Map([...lasting, ...start]), (evidence) => {
    const made = sightOf(what, first.id, evidence);
    // Azure asked to be left alone: this look ends with what is known.
    return { made, asks: asking.throttledFor() === undefined ? needsOf(readingsFor(what.condition, made)) : [] };
  });
  const fresh = new Map([...sight.evidence].filter(([key, outcome]) => lasting.get(key) !== outcome));
  return concluded(asking, what, sight, fresh);
}

function sightOf(what: LookFor, id: string, evidence: Evidence): Sight {
  const { loadBalancer } = topologyOf(evidence, id);
  return { loadBalancer, evidence, scope: scopeIn(loadBalancer, what.place()), meant: what.meantOf(loadBalancer) };
}

/** A verdict that health alone makes other than ok needs no other question. */
async function concluded(asking: LookAsking, what: LookFor, sight: Sight, evidence: Evidence): Promise<Looked> {
  const { loadBalancer, scope } = sight;
  const seen = see(what.condition, sight);
  if (what.condition.kind !== 'verdict' || !seen.met) return { seen, loadBalancer, evidence, diagnosis: undefined };
  const diagnosis = await wholeDiagnosis(asking, what, { seen, loadBalancer, evidence, diagnosis: undefined });
  const names = scope.rules.map(({ name }) => name);
  const { pool, balancingRule } = what.place();
  const own = diagnosis.balancingRules.filter(({ name }) => names.includes(name)).map(({ verdict }) => verdict);
  const isWhole = pool === undefined && balancingRule === undefined;
  // A pool that no balancing rule uses has no verdict, and so no good one.
  const verdict = isWhole ? diagnosis.verdict : own.length === 0 ? 'unknown' : worstVerdict(own);
  return { seen: { ...seen, ...seenVerdict(verdict) }, loadBalancer, evidence, diagnosis };
}

/** The whole diagnosis, from what this look read and what else there is to ask. */
export async function wholeDiagnosis(asking: LookAsking, what: LookFor, looked: Looked): Promise<Diagnosis> {
  const { loadBalancer, evidence } = looked;
  const { outcomes, versions } = { outcomes: readIn(evidence), versions: await askAll(asking, [versionAsk]) };
  const { topology, evaluation }: Collected = await collect(
    asking,
    loadBalancer.id,
    new Map([...versions, ...outcomes]),
    what.rules,
  );
  const { isStandby, smallest } = what.meantOf(loadBalancer);
  return diagnose(topology, evaluation, {
    azlb: azlbVersion,
    az: azVersionIn(versions),
    collectedAt: collectedAt(what.recordedAt),
    calls: asking.calls,
    isStandby,
    smallest,
  });
}

/** What could not be had may be had by now. */
function readIn(evidence: Evidence): Evidence {
  return new Map([...evidence].filter(([, { status }]) => status !== 'missing'));
}

/** Kept from look to look: what a network interface and a machine are, and what is refused and stays so. */
export function lastingIn(evidence: Evidence): Evidence {
  return new Map(
    [...evidence].filter(([, outcome]) => {
      const { lasting } = outcome.ask.question;
      if (outcome.status === 'missing') return lasting === 'refusal' && outcome.gap.kind === 'denied';
      return lasting === 'answer' && outcome.status === 'read';
    }),
  );
}
