import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import type { Az } from '../az/call.ts';
import { classify, commandLine } from '../az/classify.ts';
import { AzError, failed } from '../az/errors.ts';
import { askKey } from '../evidence/ask.ts';
import { type Asking, askAll } from '../evidence/asking.ts';
import type { Evidence, Outcome } from '../evidence/evidence.ts';
import { outcomeOf } from '../evidence/outcome.ts';
import { loadBalancer } from '../evidence/questions/load-balancer.ts';
import { version } from '../evidence/questions/version.ts';
import type { Rule } from '../rule.ts';
import { rules as everyRule } from '../rules/index.generated.ts';
import { accounted, collect } from './collect.ts';
import { diagnose } from './diagnose.ts';
import type { Target } from './target.ts';
import { version as azlbVersion } from '../version.ts';

export interface TriageOptions {
  /** When a recording was made (ISO 8601, UTC); undefined when az is asked now. */
  readonly recordedAt: string | undefined;
  readonly rules?: readonly Rule[];
}

/** Asks az about a load balancer and says what is wrong with it. Throws AzError when the load balancer can't be read. */
export async function triage(source: Az, target: Target, { recordedAt, rules = everyRule }: TriageOptions): Promise<Diagnosis> {
  const collectedAt = recordedAt ?? new Date().toISOString();
  const { az, calls } = accounted(source);
  const asking: Asking = { az, clock: { sleep: recordedAt === undefined ? sleep : async () => {} } };
  const [first, versions] = await Promise.all([
    readLoadBalancer(az, target),
    askAll(asking, [{ question: version, id: '' }]),
  ]);
  const start: Evidence = new Map([...versions, [askKey({ question: loadBalancer, id: first.id }), first.outcome]]);
  const { topology, evaluation } = await collect(asking, first.id, start, rules);
  return diagnose(topology, evaluation, { azlb: azlbVersion, az: versionIn(versions), collectedAt, calls });
}

const sleep = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** The load balancer itself: without it there is nothing to say. az fills in a group that was left out from its defaults. */
async function readLoadBalancer(az: Az, target: Target): Promise<{ readonly id: string; readonly outcome: Outcome }> {
  const argv = argvFor(target);
  const call = await az.run(argv);
  const failure = classify(call);
  if (failure) throw failed(failure);
  const id = idIn(call.stdout) ?? (target.kind === 'id' ? target.id : '');
  const command = commandLine(call);
  const outcome = outcomeOf({ question: loadBalancer, id: target.kind === 'id' ? target.id : id }, call, command);
  if (outcome.status === 'missing') throw new AzError('unreadable', `${command}: ${outcome.gap.because}. Run it by hand to see its answer.`);
  return { id, outcome };
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

function versionIn(outcomes: Evidence): string | null {
  const outcome = outcomes.get(askKey({ question: version, id: '' }));
  if (outcome?.status !== 'read' || typeof outcome.value !== 'object' || outcome.value === null) return null;
  const found = 'azure-cli' in outcome.value ? outcome.value['azure-cli'] : null;
  return typeof found === 'string' ? found : null;
}
