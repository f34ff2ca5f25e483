import type { EffectiveSecurityGroupsAnswer } from '../../schemas/az/effective-security-groups.generated.ts';
import { lastSegment } from '../az/ids.ts';
import type { Read } from '../evidence/evidence.ts';
import { Reading } from '../evidence/reading.ts';
import type { Gone, InboundFilter, Nic, SecurityGroup, SecurityRule, Subnet } from './model.ts';
import type { SharedParts } from './shared-parts.ts';

/** The groups of a member's subnet and interface as configured. */
export function configuredFilter(
  parts: SharedParts,
  nic: Reading<Nic | Gone | undefined>,
  subnet: Reading<Subnet | Gone | undefined>,
): Reading<InboundFilter> {
  return nic.andThen((nicOrGone) =>
    subnet.andThen((subnetOrGone) => {
      const group = (holder: Nic | Subnet | Gone | undefined): Reading<SecurityGroup | undefined> => {
        const id = holder === undefined || holder.gone ? undefined : holder.securityGroupId;
        if (id === undefined) return Reading.known(undefined);
        return parts.securityGroup(id).andThen((found): Reading<SecurityGroup> => {
          if (!found.gone) return Reading.known(found);
          // Azure deletes no group that is in use: it is there, and out of sight.
          const { error, command } = found.refusal;
          return Reading.missing({ kind: 'not-found', because: error, command });
        });
      };
      return group(subnetOrGone).andThen((subnetGroup) =>
        group(nicOrGone).map((nicGroup) => parts.configuredFilter(subnetGroup, nicGroup)),
      );
    }),
  );
}

/** The groups and security admin rules in force, stage by stage. */
export function filterInForce({ answer, value }: Read<EffectiveSecurityGroupsAnswer>): InboundFilter {
  const stages: { networkManager?: SecurityRule[]; subnet?: SecurityRule[]; nic?: SecurityRule[] } = {};
  value.value.forEach((entry, index) => {
    const { association } = entry;
    const stage = association?.networkManager ? 'networkManager' : association?.networkInterface ? 'nic' : 'subnet';
    const groupId = entry.networkSecurityGroup?.id ?? association?.networkManager?.id ?? '';
    const parent = { parent: { answer }, key: 'value', index };
    const rules = (entry.effectiveSecurityRules ?? []).map((rule, at) => ({
      ...rule,
      source: { parent, key: 'effectiveSecurityRules', index: at },
      groupId,
      groupName: lastSegment(groupId),
    }));
    stages[stage] = [...(stages[stage] ?? []), ...rules];
  });
  return { source: 'effective', ...stages };
}
