import { parseId } from '../../lib/azure/ids.ts';
import { version } from '../../lib/version.ts';
import type { Viewed } from '../../lib/view/viewed.ts';
import type { Diagnoses } from '../../schemas/diagnoses.generated.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import type { Found } from '../../schemas/found.generated.ts';
import type { Plan } from '../../schemas/plan.generated.ts';
import type { CaseFile } from '../../schemas/recording.generated.ts';
import type { WaitOutcome } from '../../schemas/wait.generated.ts';
import { recordedScopeOf } from './recorded-target.ts';

/** What a recording says of itself: what it is about, so that it can be asked the same again. */
export type Kept = Omit<CaseFile, 'schemaVersion'>;

/** Whoever replays an older recording can't ask what that one did not. */
export const madeBy = (recordedAt: string | undefined): Pick<CaseFile, 'schemaVersion' | 'azlb'> => ({
  schemaVersion: 1,
  ...(recordedAt === undefined && { azlb: version }),
});

export function keptOfDiagnosis(diagnosis: Diagnosis | Diagnoses): Kept {
  const recordedAt = diagnosis.collectedAt;
  if ('loadBalancers' in diagnosis) {
    const title = titleOfSeveral(diagnosis);
    const az = diagnosis.loadBalancers[0]?.az ?? '';
    return { title, scope: recordedScopeOf(diagnosis), az, recordedAt };
  }
  const { id, name, resourceGroup, subscriptionId } = diagnosis.loadBalancer;
  const target = { id, name, resourceGroup, subscriptionId };
  return { title: `${name}: ${diagnosis.verdict}`, target, az: diagnosis.az ?? '', recordedAt };
}

export function keptOfView({ loadBalancers, scope, collectedAt: recordedAt }: Viewed): Kept {
  const [id = '', ...others] = scope.ids;
  const parsed = others.length === 0 ? parseId(id) : undefined;
  if (parsed === undefined) {
    return { title: titleOfSeveral({ loadBalancers }), scope: { ...scope, limit: null }, az: '', recordedAt };
  }
  const { name, resourceGroup, subscriptionId } = parsed;
  return { title: name, target: { id, name, resourceGroup, subscriptionId }, az: '', recordedAt };
}

export function keptOfPlan({ kind, loadBalancer, collectedAt: recordedAt }: Plan): Kept | undefined {
  if (loadBalancer === null) return undefined;
  const { id, name, resourceGroup, subscriptionId } = loadBalancer;
  return {
    title: `${name}: plan ${kind}`,
    target: { id, name, resourceGroup, subscriptionId },
    az: '',
    recordedAt,
  };
}

export const keptOfFind = ({ target, scope, collectedAt: recordedAt }: Found): Kept => ({
  title: `Where ${target} stands`,
  scope: { ...scope, limit: null },
  az: '',
  recordedAt,
});

/** What was interrupted before its first look was done is half a look. */
export function keptOfWait({ loadBalancer, diagnosis, outcome, endedAt }: WaitOutcome): Kept | undefined {
  if (outcome === 'interrupted' && loadBalancer === null) return undefined;
  return {
    title: `${loadBalancer?.name ?? 'No load balancer'}: waiting, ${outcome}`,
    az: diagnosis?.az ?? '',
    recordedAt: endedAt,
    ...(loadBalancer && { target: loadBalancer }),
  };
}

export const keptOfNothing = (): Kept => ({
  title: 'No diagnosis was reached',
  az: '',
  recordedAt: new Date().toISOString(),
});

const titleOfSeveral = ({ loadBalancers }: { readonly loadBalancers: readonly unknown[] }): string =>
  `${loadBalancers.length} load balancers`;
