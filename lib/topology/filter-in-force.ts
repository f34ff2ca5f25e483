import type { EffectiveSecurityGroupsAnswer } from '../../schemas/az/effective-security-groups.generated.ts';
import { lastSegment } from '../azure/ids.ts';
import type { Read } from '../evidence/evidence.ts';
import type { InboundFilter, SecurityRule } from './model.ts';

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
