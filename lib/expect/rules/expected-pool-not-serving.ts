import { sameName } from '../../azure/ids.ts';
import { cite, derive } from '../../evidence/fact.ts';
import { ruleOf } from '../../rule.ts';
import { checkWithTriage, lookAtChanges, notice } from '../../steps/looking.ts';
import type { ExpectationOf } from '../match.ts';
import { list } from '../naming.ts';
import { expectedRules, ownerNamed, stated } from '../subjects.ts';

export default (of: ExpectationOf) =>
  ruleOf({
    id: 'expected-pool-not-serving',
    layer: 'topology',
    kind: 'risk',
    severity: 'high',
    title: 'A balancing rule sends its traffic to another pool than its owner expects',
    why: 'After a swap of pools clients reach the release that was to be replaced, or the one that was not to be reached yet. Health looks fine all the while.',
    docs: 'https://learn.microsoft.com/azure/load-balancer/manage-rules-how-to',
    about: expectedRules(of),
    check: ({ expectation, expected: { pool }, rule }) => {
      if (pool === undefined || rule.pools.some(({ name }) => sameName(name, pool.value))) return undefined;
      const pools = rule.pools.map(({ name }) => name);
      return {
        facts: {
          ...stated(expectation, pool),
          pools: derive(pools, cite(rule, 'name'), ...rule.pools.map((each) => cite(each, 'name'))),
        },
        detail: undefined,
      };
    },
    message: ({ expected, pools }, { rule: { name } }) =>
      `${name} sends its traffic to ${pools.length === 0 ? 'no pool' : list(pools)}, not to ${expected}.`,
    fix: ({ expected }, { rule, loadBalancer, expectation }) => [
      lookAtChanges(loadBalancer.id),
      notice(
        `Ask ${ownerNamed(expectation, loadBalancer)} which pool is meant; ${rule.name} is changed to ${expected} by az network lb rule update --backend-address-pool with --backend-pools-name, both at once`,
      ),
      checkWithTriage(loadBalancer.id),
    ],
  });
