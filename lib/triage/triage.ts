import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import type { Az } from '../az/call.ts';
import { accounted } from '../collect/account.ts';
import { azVersionIn, versionAsk } from '../collect/az-version.ts';
import { collectedAt } from '../collect/clock.ts';
import { readLoadBalancer } from '../collect/load-balancer.ts';
import { collect } from '../collect/rounds.ts';
import type { Target } from '../collect/target.ts';
import { type Judgement, judge, told } from '../diagnosis/diagnose.ts';
import { askKey } from '../evidence/ask.ts';
import { type Asking, askAll } from '../evidence/asking.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { loadBalancer } from '../evidence/questions/load-balancer.ts';
import type { Rule } from '../rule.ts';
import { rules as everyRule } from '../rules/index.generated.ts';
import type { Member, Topology } from '../topology/model.ts';
import type { Smallest } from '../topology/taken-out.ts';
import { version as azlbVersion } from '../version.ts';

export interface TriageOptions {
  /** When a recording was made (ISO 8601, UTC); undefined when az is asked now. */
  readonly recordedAt: string | undefined;
  readonly rules?: readonly Rule[];
  /** Members that their owner keeps in reserve. */
  readonly isStandby?: (member: Member) => boolean;
  /** How many of a pool must be up, by its owner. */
  readonly smallest?: Smallest;
}

/** A diagnosis with what it was made of, for what is built on both. */
export interface Examined {
  readonly diagnosis: Diagnosis;
  readonly judgement: Judgement;
  readonly topology: Topology;
  readonly evidence: Evidence;
}

/** Asks az about a load balancer and says what is wrong with it. Throws AzError when the load balancer can't be read. */
export async function triage(source: Az, target: Target, options: TriageOptions): Promise<Diagnosis> {
  const { diagnosis } = await examine(source, target, options);
  return diagnosis;
}

/** The same, with the evidence and what it was joined to. */
export async function examine(
  source: Az,
  target: Target,
  { recordedAt, rules = everyRule, isStandby, smallest }: TriageOptions,
): Promise<Examined> {
  const at = collectedAt(recordedAt);
  const { az, calls } = accounted(source);
  const asking: Asking = { az };
  const [first, versions] = await Promise.all([readLoadBalancer(az, target), askAll(asking, [versionAsk])]);
  const start: Evidence = new Map([...versions, [askKey({ question: loadBalancer, id: first.id }), first.outcome]]);
  const { evidence, topology, evaluation } = await collect(asking, first.id, start, rules);
  const about = { azlb: azlbVersion, az: azVersionIn(versions), collectedAt: at, calls, isStandby, smallest };
  const judgement = judge(topology, evaluation, about);
  return { diagnosis: told(topology, evaluation, judgement, about), judgement, topology, evidence };
}
