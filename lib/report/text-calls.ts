import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { counted } from '../words/counted.ts';

/** What asking took, and when it was; and how azlb ends, where one report is all that it prints. */
export function callsLine(
  { calls, az, collectedAt }: Pick<Diagnosis, 'calls' | 'az' | 'collectedAt'>,
  exitCode?: number,
): string {
  const asked = calls.filter(({ status }) => status !== 'skipped');
  const failed = asked.filter(({ status }) => status === 'failed').length;
  const seconds = asked.reduce((sum, call) => sum + call.seconds, 0);
  const failures = failed === 0 ? '' : `, ${failed} failed`;
  const version = az === null ? '' : `az ${az}, `;
  const end = exitCode === undefined ? '' : ` Exit ${exitCode}.`;
  return `${counted(asked.length, 'az call')}${failures}, ${seconds.toFixed(1)} s in az; ${version}read ${timeText(collectedAt)}.${end}`;
}

/** `2026-11-22 19:17:20Z`: to the second, and plainly UTC. */
const timeText = (time: string): string => time.replace('T', ' ').replace(/\.\d+Z$/, 'Z');
