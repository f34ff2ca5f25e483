import { expecting, withOwnersWords } from '../../lib/expect/triage.ts';
import { triage } from '../../lib/triage/triage.ts';
import { triageMany } from '../../lib/triage/triage-many.ts';
import type { Diagnoses } from '../../schemas/diagnoses.generated.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { absentNote, type ExpectOptions, expectedBy } from './expectations.ts';
import { keptOfDiagnosis } from './recorded-case.ts';
import { isOne } from './target.ts';
import { type AzOptions, withAz } from './with-az.ts';

export interface Diagnosed {
  readonly diagnosis: Diagnosis | Diagnoses;
  /** What an expectation file speaks of and is not there, if any. */
  readonly absent: string | undefined;
}

/** Diagnoses what the options mean, beside what its owner expects. */
export async function diagnosing(options: AzOptions & ExpectOptions): Promise<Diagnosed> {
  const expected = await expectedBy(options);
  return withAz(
    options,
    async (az, target, recordedAt) => {
      const expectations = expected.of(target);
      const how = { recordedAt, ...expecting(expectations) };
      const said = isOne(target) ? triage(az, target, how) : triageMany(az, target, how);
      const diagnosis = withOwnersWords<Diagnosis | Diagnoses>(expectations, await said);
      return { diagnosis, absent: absentNote(expectations, diagnosis) };
    },
    ({ diagnosis }) => keptOfDiagnosis(diagnosis),
  );
}
