import { sameName } from '../azure/ids.ts';
import { type Rule, ruleOf } from '../rule.ts';
import type { Topology } from '../topology/model.ts';
import { type MemberSubject, machineMembers } from '../topology/subjects.ts';

/**
 * Finds nothing: it has the security groups of these pools asked for, or of all, which no rule does of a pool that nothing
 * sends traffic to.
 */
export const lookingAtPools = (names?: readonly string[]): Rule =>
  ruleOf({
    id: 'compared-pool',
    layer: 'advice',
    kind: 'advice',
    severity: 'info',
    title: 'A pool is compared',
    why: 'A pool is compared with its security groups, whether or not anything sends traffic to it.',
    docs: '',
    about: (topology: Topology): readonly MemberSubject[] =>
      machineMembers(topology).filter(({ pool }) => names?.some((name) => sameName(name, pool.name)) ?? true),
    wants: { filter: ({ member }: MemberSubject) => member.configuredFilter },
    check: () => undefined,
    message: () => '',
  });
