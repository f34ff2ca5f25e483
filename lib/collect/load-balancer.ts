import type { Az } from '../az/call.ts';
import { classify, commandLine } from '../az/classify.ts';
import { AzError, failed } from '../az/errors.ts';
import { parseId, sameName } from '../azure/ids.ts';
import { is } from '../azure/words.ts';
import type { Outcome } from '../evidence/evidence.ts';
import { outcomeOf } from '../evidence/outcome.ts';
import { loadBalancer } from '../evidence/questions/load-balancer.ts';
import type { Target } from './target.ts';

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
    parsed !== undefined &&
    is(parsed.type, 'Microsoft.Network/loadBalancers') &&
    sameName(parsed.name, name) &&
    (resourceGroup === undefined || sameName(parsed.resourceGroup, resourceGroup));
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
