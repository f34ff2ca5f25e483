import type { EffectiveSecurityGroupsAnswer } from '../../schemas/az/effective-security-groups.generated.ts';
import { lastSegment } from '../az/ids.ts';
import { type Evidence, type Read, reading } from '../evidence/evidence.ts';
import { effectiveSecurityGroups } from '../evidence/questions/effective-security-groups.ts';
import { securityGroup } from '../evidence/questions/security-group.ts';
import { Reading } from '../evidence/reading.ts';
import type { Answer } from '../evidence/source.ts';
import { unlessGone } from './gone.ts';
import type { Gone, InboundFilter, Nic, SecurityGroup, SecurityRule, Subnet } from './model.ts';
import { securityGroupFrom } from './network.ts';
import { once } from './once.ts';

/** The groups of a member's subnet and interface as configured. */
export function configuredFilter(
  evidence: Evidence,
  nic: Reading<Nic | Gone | undefined>,
  subnet: Reading<Subnet | Gone | undefined>,
): Reading<InboundFilter> {
  return nic.andThen((nicOrGone) =>
    subnet.andThen((subnetOrGone) => {
      const group = (holder: Nic | Subnet | Gone | undefined): Reading<SecurityGroup | undefined> => {
        const id = holder === undefined || holder.gone ? undefined : holder.securityGroupId;
        if (id === undefined) return Reading.known(undefined);
        return reading(evidence, securityGroup, id).andThen((answer): Reading<SecurityGroup> => {
          const found = unlessGone(answer, securityGroupFrom);
          if (!found.gone) return Reading.known(found);
          // Azure deletes no group that is in use: it is there, and out of sight.
          const { error, command } = found.refusal;
          return Reading.missing({ kind: 'not-found', because: error, command });
        });
      };
      return group(subnetOrGone).andThen((subnetGroup) =>
        group(nicOrGone).map((nicGroup) => filterOf(subnetGroup, nicGroup)),
      );
    }),
  );
}

// Members behind the same groups share one filter, and so what is found out about it.
const configuredFilters = new WeakMap<object, WeakMap<object, InboundFilter>>();
const noGroup = {};

function filterOf(subnetGroup: SecurityGroup | undefined, nicGroup: SecurityGroup | undefined): InboundFilter {
  const behindSubnet = once(configuredFilters, subnetGroup ?? noGroup, () => new WeakMap<object, InboundFilter>());
  return once(behindSubnet, nicGroup ?? noGroup, () => ({
    source: 'configured',
    subnet: subnetGroup?.rules,
    nic: nicGroup?.rules,
    subnetGroup,
    nicGroup,
  }));
}

const effectiveFilters = new WeakMap<Answer, InboundFilter>();

/** The rules in force at a network interface; each class of equal groups is asked at one interface. */
export function effectiveFilter(evidence: Evidence, nicId: string): Reading<InboundFilter> {
  return reading(evidence, effectiveSecurityGroups, nicId).andThen((answer) =>
    answer.gone
      ? Reading.missing({ kind: 'not-found', because: answer.refusal.error, command: answer.refusal.command })
      : Reading.known(once(effectiveFilters, answer.answer, () => filterFrom(answer))),
  );
}

function filterFrom({ answer, value }: Read<EffectiveSecurityGroupsAnswer>): InboundFilter {
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
