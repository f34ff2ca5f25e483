import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import type { Az } from '../az/call.ts';
import { AzError } from '../az/errors.ts';
import type { Target } from './target.ts';

export interface TriageOptions {
  /** When a recording was made (ISO 8601, UTC); undefined when az is asked now. */
  readonly recordedAt: string | undefined;
}

/** Asks az about a load balancer and says what is wrong with it. */
export const triage = async (_az: Az, _target: Target, _options: TriageOptions): Promise<Diagnosis> => {
  throw new AzError('other', 'triage cannot ask az yet.');
};
