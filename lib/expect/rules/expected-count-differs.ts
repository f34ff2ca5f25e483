import { cite, derive } from '../../evidence/fact.ts';
import { ruleOf } from '../../rule.ts';
import { checkWithTriage, lookAtChanges, lookAtInterfaces, lookAtScaleSets } from '../../steps/looking.ts';
import { counted } from '../../words/counted.ts';
import type { ExpectationOf } from '../match.ts';
import { isUndercut } from '../smallest.ts';
import { expectedPools, writtenAt } from '../subjects.ts';

export default (of: ExpectationOf) =>
  ruleOf({
    id: 'expected-count-differs',
    layer: 'existence',
    kind: 'risk',
    severity: 'high',
    // A count: where it is known who is missing, that is why.
    observes: 'count',
    title: 'A pool has another number of members than its owner expects',
    why: 'With fewer, machines that are paid for get no traffic and the others carry theirs; with more, something gets traffic that nobody counted on.',
    docs: 'https://learn.microsoft.com/azure/load-balancer/backend-pool-management',
    about: expectedPools(of),
    check: ({ expectation, expected, pool }) => {
      const { members } = expected;
      const count = members?.value.count;
      const there = pool.members.length;
      if (members === undefined || count === undefined || there === count) return undefined;
      const isTooFew = there < count && isUndercut(expected, pool);
      return {
        severity: there > count ? 'medium' : isTooFew ? 'critical' : 'high',
        ...(isTooFew ? { explains: ['below-smallest-healthy'] } : {}),
        facts: {
          expected: derive(count),
          ...writtenAt(expectation, members),
          members: derive(there, cite(pool, 'loadBalancerBackendAddresses'), cite(pool, 'backendIPConfigurations')),
        },
        detail: undefined,
      };
    },
    message: ({ expected, members }, { pool: { name } }) =>
      `${name} has ${counted(members, 'member')}, not ${expected}.`,
    fix: (_, { loadBalancer }) => [
      lookAtChanges(loadBalancer.id),
      lookAtScaleSets(loadBalancer.id),
      lookAtInterfaces(loadBalancer.id),
      checkWithTriage(loadBalancer.id),
    ],
  });
