import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import type { Az } from '../az/call.ts';
import { classify, commandLine } from '../az/classify.ts';
import { AzError, failed } from '../az/errors.ts';
import { idKey, parseId } from '../azure/ids.ts';
import { askKey } from '../evidence/ask.ts';
import { type Asking, askAll } from '../evidence/asking.ts';
import type { Evidence, Outcome } from '../evidence/evidence.ts';
import { outcomeOf } from '../evidence/outcome.ts';
import { loadBalancer } from '../evidence/questions/load-balancer.ts';
import type { Rule } from '../rule.ts';
import { rules as everyRule } from '../rules/index.generated.ts';
import type { Member, Topology } from '../topology/model.ts';
import { version as azlbVersion } from '../version.ts';
import { azVersionIn, versionAsk } from '../collect/az-version.ts';
import { accounted, collect } from '../collect/rounds.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import type { Target } from '../collect/target.ts';

export interface TriageOptions {
  /** When a recording was made (ISO 8601, UTC); undefined when az is asked now. */
  readonly recordedAt: string | undefined;
  readonly rules?: readonly Rule[];
  /** Members that their owner keeps in reserve. */
  readonly isStandby?: (member: Member) => boolean;
}

/** A diagnosis with what it was made of, for what is built on both. */
export interface Examined {
  readonly diagnosis: Diagnosis;
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
  { recordedAt, rules = everyRule, isStandby }: TriageOptions,
): Promise<Examined> {
  const collectedAt = recordedAt ?? new Date().toISOString();
  const { az, calls } = accounted(source);
  const asking: Asking = { az };
  const [first, versions] = await Promise.all([readLoadBalancer(az, target), askAll(asking, [versionAsk])]);
  const start: Evidence = new Map([...versions, [askKey({ question: loadBalancer, id: first.id }), first.outcome]]);
  const { evidence, topology, evaluation } = await collect(asking, first.id, start, rules);
  const about = { azlb: azlbVersion, az: azVersionIn(versions), collectedAt, calls, isStandby };
  return { diagnosis: diagnose(topology, evaluation, about), topology, evidence };
}

/** The load balancer itself: without it there is nothing to say. az fills in a group that was left out from its defaults. */
export async function readLoadBalancer(
  az: Az,
  target: Target,
): Promise<{ readonly id: string; readonly outcome: Outcome }> {
  const argv = argvFor(target);
  const call = await az.run(argv);
  const failure = classify(call);
  if (failure) throw failed(failure);
  const id = idIn(call.stdout) ?? (target.kind === 'id' ? target.id : '');
  const command = commandLine(call);
  const outcome = outcomeOf({ question: loadBalancer, id: target.kind === 'id' ? target.id : id }, call, command);
  if (outcome.status === 'missing')
    throw new AzError('unreadable', `${command}: ${outcome.gap.because}. Run it by hand to see its answer.`);
  const other = otherThan(target, id);
  if (other !== undefined) throw new AzError('unreadable', `${command}: ${other}. Run it by hand to see its answer.`);
  return { id, outcome };
}

/** Why this id is not of what was asked for by name; az takes names in any letter case. */
function otherThan(target: Target, id: string): string | undefined {
  if (target.kind !== 'named') return undefined;
  const { name, resourceGroup } = target;
  const parsed = parseId(id);
  const isIt =
    parsed?.type.toLowerCase() === 'microsoft.network/loadbalancers' &&
    idKey(parsed.name) === idKey(name) &&
    (resourceGroup === undefined || idKey(parsed.resourceGroup) === idKey(resourceGroup));
  return isIt ? undefined : `it answered about ${id} instead`;
}

function argvFor(target: Target): readonly string[] {
  if (target.kind === 'id') return loadBalancer.argv([target.id]);
  if (target.kind !== 'named') throw new AzError('refused', 'Name one load balancer: -g GROUP -n NAME, or --ids ID.');
  return [
    'network',
    'lb',
    'show',
    ...(target.resourceGroup === undefined ? [] : [`--resource-group=${target.resourceGroup}`]),
    `--name=${target.name}`,
    ...(target.subscription === undefined ? [] : [`--subscription=${target.subscription}`]),
  ];
}

function idIn(stdout: string): string | undefined {
  const parsed: unknown = stdout.trim() === '' ? undefined : JSON.parse(stdout);
  const has = typeof parsed === 'object' && parsed !== null && 'id' in parsed && typeof parsed.id === 'string';
  return has ? String(parsed.id) : undefined;
}
