import { cite, derive } from '../../evidence/fact.ts';
import { nearestOf } from '../../nearest.ts';
import { ruleOf } from '../../rule.ts';
import { checkWithTriage, lookAtChanges } from '../../steps/looking.ts';
import type { ExpectationOf } from '../match.ts';
import { list } from '../naming.ts';
import { absentRules, writtenAt } from '../subjects.ts';

export default (of: ExpectationOf) =>
  ruleOf({
    id: 'expected-rule-missing',
    layer: 'topology',
    kind: 'risk',
    severity: 'high',
    title: 'A balancing rule that its owner expects is not there',
    why: 'Without it nothing that clients send to its frontend port is passed on; or the file speaks of another load balancer.',
    docs: 'https://learn.microsoft.com/azure/load-balancer/manage-rules-how-to',
    about: absentRules(of),
    check: ({ expectation, expected, loadBalancer: { balancingRules } }) => {
      const there = balancingRules.map(({ name }) => name);
      return {
        facts: {
          expected: derive(expected.name),
          ...writtenAt(expectation, expected),
          balancingRules: derive(there, ...balancingRules.map((rule) => cite(rule, 'name'))),
        },
        detail: nearestOf(expected.name, there),
      };
    },
    message: ({ expected, balancingRules }, { loadBalancer: { name } }, meant) =>
      `${name} has no balancing rule ${expected}${balancingRules.length === 0 ? ' nor any other' : `; it has ${list(balancingRules)}`}.${meant === undefined ? '' : ` Was ${meant} meant?`}`,
    fix: (_, { loadBalancer }) => [lookAtChanges(loadBalancer.id), checkWithTriage(loadBalancer.id)],
  });
