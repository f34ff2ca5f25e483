import type { DiagnosedMember, Diagnosis } from '../../schemas/diagnosis.generated.ts';
import type { Collected } from '../collect/rounds.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import type { LoadBalancer } from '../topology/model.ts';
import { version } from '../version.ts';
import type { Survey } from './survey.ts';

/** What triage says of it, as far as the rules go that looked too. */
export function diagnosed(
  { topology, evaluation }: Pick<Collected, 'topology' | 'evaluation'>,
  { collectedAt }: Pick<Survey, 'collectedAt'>,
): Diagnosis {
  return diagnose(topology, evaluation, { azlb: version, az: null, collectedAt, calls: [] });
}

/** As a diagnosis has them, by key: what is shown here and what triage says are the same. */
export function diagnosedMembers(loadBalancer: LoadBalancer): ReadonlyMap<string, DiagnosedMember> {
  const evaluation = { findings: [], gaps: [], asks: [], unfinished: [], isCut: false };
  const { members } = diagnosed({ topology: { loadBalancer }, evaluation }, { collectedAt: '' });
  return new Map(members.map((member) => [member.key, member]));
}
