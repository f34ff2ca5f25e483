import { is } from '../../azure/words.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { notice } from '../../steps/looking.ts';
import type { Pool } from '../../topology/model.ts';
import { everyMember } from '../../topology/subjects.ts';
import { counted } from '../../words/counted.ts';
import { memberCount, membersIn } from '../together.ts';

export default defineRule({
  id: 'admin-state-no-effect',
  layer: 'override',
  kind: 'risk',
  severity: 'medium',
  title: 'An admin state that has no effect',
  why: 'The admin state stands in for the probe. Where no balancing rule of the pool has one, and for inbound NAT rules, it changes nothing: a member thought to be out of service still gets traffic.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/admin-state-overview',
  about: everyMember,
  check: ({ member, pool }) => {
    if (member.adminState === undefined || pool.balancingRules.some(({ probe }) => probe)) return undefined;
    if (pool.balancingRules.length === 0 && pool.natRules.length === 0) return undefined;
    return {
      // Up changes nothing where a member without a probe gets its traffic anyhow.
      ...(is(member.adminState, 'Down') ? {} : { severity: 'low', kind: 'advice' }),
      facts: { adminState: cite(member, 'adminState') },
      detail: undefined,
    };
  },
  message: ({ adminState }, { member, pool }) =>
    `${member.name} has admin state ${adminState} in ${pool.name}, ${where(pool)}: it has no effect.`,
  fix: (_, { pool, member }) => [
    notice(
      pool.balancingRules.length > 0
        ? `Give ${pool.balancingRules.map(({ name }) => name).join(', ')} a probe; until then take ${member.name} out of the pool to drain it`
        : `A security rule, or stopping the machine, is what keeps traffic of NAT rules from ${member.name}`,
    ),
  ],
  together: {
    by: ({ values: { adminState }, subject: { pool } }) => `${adminState} ${pool.id}`,
    message: (all) => {
      const [
        {
          values: { adminState },
          subject: { pool },
        },
      ] = all;
      return `${counted(memberCount(all), 'member')} have admin state ${adminState} in ${pool.name}, ${where(pool)}: ${membersIn(all)}. It has no effect.`;
    },
  },
});

function where({ balancingRules }: Pool): string {
  return balancingRules.length > 0 ? 'where no balancing rule has a probe' : 'which only inbound NAT rules use';
}
