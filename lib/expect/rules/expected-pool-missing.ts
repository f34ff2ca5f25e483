import { cite, derive } from '../../evidence/fact.ts';
import { nearestOf } from '../../nearest.ts';
import { ruleOf } from '../../rule.ts';
import { checkWithTriage, lookAtChanges } from '../../steps/looking.ts';
import type { ExpectationOf } from '../match.ts';
import { list } from '../naming.ts';
import { absentPools, writtenAt } from '../subjects.ts';

export default (of: ExpectationOf) =>
  ruleOf({
    id: 'expected-pool-missing',
    layer: 'topology',
    kind: 'risk',
    severity: 'high',
    title: 'A pool that its owner expects is not there',
    why: 'It was removed or renamed, or the file speaks of another load balancer. Nothing else that the file says of that pool could be looked at.',
    docs: 'https://learn.microsoft.com/azure/load-balancer/backend-pool-management',
    about: absentPools(of),
    check: ({ expectation, expected, loadBalancer: { pools } }) => {
      const there = pools.map(({ name }) => name);
      return {
        facts: {
          expected: derive(expected.name),
          ...writtenAt(expectation, expected),
          pools: derive(there, ...pools.map((pool) => cite(pool, 'name'))),
        },
        detail: nearestOf(expected.name, there),
      };
    },
    message: ({ expected, pools }, { loadBalancer: { name } }, meant) =>
      `${name} has no pool ${expected}${pools.length === 0 ? ' nor any other' : `; it has ${list(pools)}`}.${meant === undefined ? '' : ` Was ${meant} meant?`}`,
    fix: (_, { loadBalancer }) => [lookAtChanges(loadBalancer.id), checkWithTriage(loadBalancer.id)],
  });
