import type { Diagnoses } from '../../schemas/diagnoses.generated.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { inShell } from '../diagnosis/in-shell.ts';
import { diagnosesText } from './diagnoses-text.ts';
import type { Report } from './render.ts';
import { diagnosisText } from './text.ts';
import type { TextOptions } from './text-style.ts';

/** A diagnosis of one or of several load balancers, ready for every output format. */
export function diagnosisReport(diagnosed: Diagnosis | Diagnoses, options: TextOptions): Report {
  const value = inShell(diagnosed, options.shell);
  return 'loadBalancers' in value
    ? { value, rows: () => severalRows(value), text: () => diagnosesText(value, options) }
    : { value, rows: () => findingRows(value), text: () => diagnosisText(value, options) };
}

const severalRows = ({ loadBalancers, notAsked }: Diagnoses): readonly unknown[] =>
  [...loadBalancers, ...notAsked.map((each) => ({ ...each, verdict: 'not asked' }))].flatMap(findingRows);

/** A row a finding; one that says so where there is none, so that no load balancer is left out of the list. */
function findingRows({
  loadBalancer,
  verdict,
  findings,
  causes,
}: Pick<Diagnosis, 'loadBalancer' | 'findings' | 'causes'> & { readonly verdict: string }): readonly unknown[] {
  const start = { LoadBalancer: loadBalancer.name, Verdict: verdict };
  const none = { ...start, Role: '', Severity: '', Rule: '', On: '', Message: '' };
  const rows = findings.map(({ key, severity, rule, on, message }) => ({
    ...start,
    Role: causes.includes(key) ? 'cause' : 'symptom',
    Severity: severity,
    Rule: rule,
    On: on.split('/').at(-1),
    Message: message,
  }));
  return rows.length > 0 ? rows : [none];
}
