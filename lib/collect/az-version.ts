import { askKey } from '../evidence/ask.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { version } from '../evidence/questions/version.ts';

/** Asked once a run: it is about az, not about a resource. */
export const versionAsk = { question: version, id: '' } as const;

export function azVersionIn(evidence: Evidence): string | null {
  const outcome = evidence.get(askKey(versionAsk));
  if (outcome?.status !== 'read' || typeof outcome.value !== 'object' || outcome.value === null) return null;
  const found = 'azure-cli' in outcome.value ? outcome.value['azure-cli'] : null;
  return typeof found === 'string' ? found : null;
}
