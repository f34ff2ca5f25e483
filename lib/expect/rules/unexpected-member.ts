import { derive } from '../../evidence/fact.ts';
import { ruleOf } from '../../rule.ts';
import { leavePool } from '../../steps/leave-pool.ts';
import { checkWithTriage, lookAtChanges, notice } from '../../steps/looking.ts';
import type { ExpectationOf } from '../match.ts';
import { membershipOf } from '../membership.ts';
import { list } from '../naming.ts';
import { type ExpectedPoolSubject, ownerNamed, poolsSaying, writtenAt } from '../subjects.ts';

export default (of: ExpectationOf) =>
  ruleOf({
    id: 'unexpected-member',
    layer: 'existence',
    kind: 'risk',
    severity: 'medium',
    title: 'A pool has a member that its owner does not expect',
    why: 'Who is in the pool gets traffic from clients: a machine of another service answers wrongly, and one that was retired is exposed and paid for.',
    docs: 'https://learn.microsoft.com/azure/load-balancer/backend-pool-management',
    about: poolsSaying(of, 'members'),
    needs: { membership: ({ pool, expected }: ExpectedPoolSubject) => membershipOf(pool, expected) },
    check: ({ expectation, expected: { members } }, { membership: { unexpected, shown } }) => {
      if (members === undefined || unexpected.length === 0) return undefined;
      return {
        covers: unexpected.map((member) => ({ member })),
        facts: {
          unexpected: derive(
            unexpected.map(({ name }) => name),
            ...shown,
          ),
          ...writtenAt(expectation, members),
        },
        detail: unexpected,
      };
    },
    message: ({ unexpected }, { pool: { name } }) =>
      `${list(unexpected)} ${unexpected.length === 1 ? 'is' : 'are'} in ${name} and not expected there.`,
    fix: (_, { loadBalancer, expectation }, unexpected) => [
      lookAtChanges(loadBalancer.id),
      notice(`Ask ${ownerNamed(expectation, loadBalancer)} first: only what does not belong is taken out`),
      ...unexpected.flatMap(leavePool),
      checkWithTriage(loadBalancer.id),
    ],
  });
