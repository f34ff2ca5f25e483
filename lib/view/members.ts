import type { DiagnosedMember } from '../../schemas/diagnosis.generated.ts';
import type { Members, MembersOfLoadBalancer, ShownMember } from '../../schemas/members.generated.ts';
import type { NotRead } from '../../schemas/tree.generated.ts';
import { lastSegment, scaleSetInstance } from '../azure/ids.ts';
import { machineOf } from '../diagnosis/members.ts';
import { knownOr } from '../evidence/open.ts';
import { present } from '../topology/gone.ts';
import type { Member } from '../topology/model.ts';
import { diagnosed } from './diagnosed.ts';
import { notReadOf } from './not-read.ts';
import type { Survey } from './survey.ts';
import { headOf, viewed } from './viewed.ts';

/** Every member of every pool, with what is behind it, and what the rules that looked too found. */
export function membersOf(survey: Survey): Members {
  return viewed(
    survey,
    survey.loadBalancers.map((collected): MembersOfLoadBalancer => {
      const { loadBalancer } = collected.topology;
      const { members, findings, notEvaluated } = diagnosed(collected, survey);
      const byKey = new Map(members.map((member) => [member.key, member]));
      return {
        loadBalancer: headOf(loadBalancer),
        members: loadBalancer.pools.flatMap((pool) =>
          pool.members.flatMap((member) => {
            const found = byKey.get(member.key);
            return found === undefined ? [] : [shown(member, found)];
          }),
        ),
        findings,
        notRead: distinct([...notReadOf(loadBalancer), ...notEvaluated.map(({ because }) => ({ because }))]),
      };
    }),
  );
}

function distinct(reasons: readonly NotRead[]): readonly NotRead[] {
  return [...new Map(reasons.map((reason) => [reason.because, reason])).values()];
}

function shown(member: Member, found: DiagnosedMember): ShownMember {
  const machine = machineOf(member);
  const configuration = knownOr(member.ipConfiguration, undefined);
  const ipConfiguration = member.ipConfigurationId ?? present(configuration)?.id;
  return {
    key: found.key,
    pool: found.pool,
    name: found.name,
    nicId: found.nicId,
    nicName: found.nicId === null ? null : lastSegment(found.nicId),
    ipConfiguration: ipConfiguration === undefined ? null : lastSegment(ipConfiguration),
    machineId: found.machineId,
    machineName: machine?.name ?? nameOf(found.machineId),
    scaleSetId: member.instance?.scaleSetId ?? machine?.scaleSetId ?? null,
    address: found.ip,
    zone: found.zone,
    powerState: found.powerState,
    adminState: found.adminState,
    health: found.health,
  };
}

/** An instance of a Uniform scale set is called by its set and number. */
function nameOf(machineId: string | null): string | null {
  if (machineId === null) return null;
  const instance = scaleSetInstance(machineId);
  return instance ? `${instance.scaleSet}_${instance.instanceId}` : lastSegment(machineId);
}
