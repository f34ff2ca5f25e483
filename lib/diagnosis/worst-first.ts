import type { Diagnosis, Finding } from '../../schemas/diagnosis.generated.ts';
import { idKey } from '../azure/ids.ts';
import { byKind, bySeverity } from './order.ts';
import { verdicts } from './verdict.ts';

type Judged = Pick<Diagnosis, 'loadBalancer' | 'causes' | 'findings'>;

/** By the verdict, then by what was found. */
export function byVerdict(one: Diagnosis, other: Diagnosis): number {
  return verdicts.indexOf(one.verdict) - verdicts.indexOf(other.verdict) || byFindings(one, other);
}

/** What stops traffic before what would; then the worst cause; then the more of them; then the id, to be the same from run to run. */
export function byFindings(one: Judged, other: Judged): number {
  const [a, b] = [firstCause(one), firstCause(other)];
  return (
    byKind(a?.kind, b?.kind) ||
    bySeverity(a?.severity, b?.severity) ||
    other.causes.length - one.causes.length ||
    (idKey(one.loadBalancer.id) < idKey(other.loadBalancer.id) ? -1 : 1)
  );
}

function firstCause({ causes, findings }: Judged): Finding | undefined {
  return findings.find(({ key }) => key === causes[0]);
}
