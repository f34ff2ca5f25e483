import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { plural } from './layout.ts';

/** What asking took, and when it was. */
export const callsLine = ({ calls, az, collectedAt }: Pick<Diagnosis, 'calls' | 'az' | 'collectedAt'>): string => {
  const asked = calls.filter(({ status }) => status !== 'skipped');
  const failed = asked.filter(({ status }) => status === 'failed').length;
  const seconds = asked.reduce((sum, call) => sum + call.seconds, 0);
  const failures = failed === 0 ? '' : `, ${failed} failed`;
  const version = az === null ? '' : `az ${az}, `;
  return `${plural(asked.length, 'az call')}${failures}, ${seconds.toFixed(1)} s in az; ${version}read at ${collectedAt}.`;
};
