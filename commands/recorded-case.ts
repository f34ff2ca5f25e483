import type { CaseFile } from '../lib/recording/case-file.ts';
import type { Diagnoses } from '../schemas/diagnoses.generated.ts';
import type { Diagnosis } from '../schemas/diagnosis.generated.ts';
import { scopeOf } from './recorded-target.ts';

/** What a recording says of itself: what it is about, so that it can be asked the same again. */
export type Kept = Omit<CaseFile, 'schemaVersion'>;

export function keptOfDiagnosis(diagnosis: Diagnosis | Diagnoses): Kept {
  const recordedAt = diagnosis.collectedAt;
  if ('loadBalancers' in diagnosis) {
    const title = `${diagnosis.loadBalancers.length} load balancers`;
    const az = diagnosis.loadBalancers[0]?.az ?? '';
    return { title, scope: scopeOf(diagnosis), az, recordedAt };
  }
  const { id, name, resourceGroup, subscriptionId } = diagnosis.loadBalancer;
  const target = { id, name, resourceGroup, subscriptionId };
  return { title: `${name}: ${diagnosis.verdict}`, target, az: diagnosis.az ?? '', recordedAt };
}

export const keptOfNothing = (): Kept => ({
  title: 'No diagnosis was reached',
  az: '',
  recordedAt: new Date().toISOString(),
});
