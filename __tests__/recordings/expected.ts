import type { FailOn } from '../../lib/diagnosis/exit-code.ts';
import { exitCode } from '../../lib/diagnosis/exit-code.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';

/** A diagnosis in a few lines that a reviewer can read: the verdict, then one line a finding. */
export function expectedText(diagnosis: Diagnosis, failOn: FailOn = 'high'): string {
  const lines = diagnosis.findings.map(({ key, kind, severity, rule, on, message, explainedBy }) => {
    const role = diagnosis.causes.includes(key) ? 'cause' : explainedBy.length > 0 ? 'symptom' : kind;
    return [role, severity, rule, on.split('/').slice(-2).join('/'), message].join(' | ');
  });
  const gaps = [...new Set(diagnosis.notEvaluated.map(({ rule }) => `not evaluated | ${rule}`))].sort();
  return `${[`verdict ${diagnosis.verdict}, exit code ${exitCode(diagnosis, failOn)}`, ...lines, ...gaps].join('\n')}\n`;
}
