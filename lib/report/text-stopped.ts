import type { DiagnosedMember, Diagnosis, Finding } from '../../schemas/diagnosis.generated.ts';
import { ruleBehind } from '../diagnosis/rule-behind.ts';

/** The members that balancing rules send to: what a load balancer's counts are about. */
export const servingMembers = ({ members }: Pick<Diagnosis, 'members'>): readonly DiagnosedMember[] =>
  members.filter(({ health }) => health.length > 0);

/** Those that get no traffic of one balancing rule at least: not up, or cut off by something that stops it now. */
export function stoppedMembers(diagnosis: Pick<Diagnosis, 'members' | 'findings'>): readonly DiagnosedMember[] {
  const cut = new Set(
    diagnosis.findings
      .filter((finding) => isFault(finding) && !isAnsweredTwice(finding))
      .flatMap(({ affects }) => affects),
  );
  return servingMembers(diagnosis).filter(
    ({ key, health }) => cut.has(key) || health.some(({ state, byDesign }) => state === 'down' && byDesign === null),
  );
}

/** Down as it should be: the passive node of a cluster, a node without a pod. */
export const isIdle = ({ health }: Pick<DiagnosedMember, 'health'>): boolean =>
  health.some(({ byDesign }) => byDesign !== null) &&
  health.every(({ state, byDesign }) => byDesign !== null || state !== 'down');

export const isUp = ({ health }: DiagnosedMember): boolean =>
  health.some(({ state }) => state === 'up') && health.every(({ state }) => state === 'up' || state === 'not-measured');

/** A fault that stops nobody: its members are up, and too many of them. */
export const isAnsweredTwice = (finding: Finding): boolean => ruleBehind(finding)?.membersAreUp === true;

const isFault = ({ kind }: Finding): boolean => kind === 'fault';
