import { cite, derive } from '../../evidence/fact.ts';
import { ruleOf } from '../../rule.ts';
import { checkWithTriage, notice } from '../../steps/looking.ts';
import { isThere } from '../../topology/gone.ts';
import { withMachines } from '../../topology/members-with.ts';
import type { ExpectationOf } from '../match.ts';
import { list } from '../naming.ts';
import { type ExpectedPoolSubject, poolsSaying, stated } from '../subjects.ts';

export default (of: ExpectationOf) =>
  ruleOf({
    id: 'expected-zone-missing',
    layer: 'existence',
    kind: 'risk',
    severity: 'medium',
    title: 'A pool has no member in a zone that its owner expects one in',
    why: 'The service was meant to survive the loss of a zone. With a zone left out, the others carry its share, and fewer of them may fail.',
    docs: 'https://learn.microsoft.com/azure/reliability/reliability-load-balancer',
    about: poolsSaying(of, 'zones'),
    needs: { members: ({ pool }: ExpectedPoolSubject) => withMachines(pool.members) },
    check: ({ expectation, expected: { zones } }, { members }) => {
      if (zones === undefined) return undefined;
      const machines = members.flatMap(({ machine }) => (isThere(machine) ? [machine] : []));
      const there = new Set(machines.map(({ zone }) => zone));
      const missing = zones.value.filter((zone) => !there.has(zone));
      if (missing.length === 0) return undefined;
      return {
        facts: {
          ...stated(expectation, zones),
          zones: derive(
            [...there].filter((zone) => zone !== undefined).sort(),
            ...machines.map((machine) => cite(machine, 'zones')),
          ),
        },
        detail: missing,
      };
    },
    message: ({ zones }, { pool: { name } }, missing) =>
      `${name} has no member in zone ${list(missing)}${zones.length === 0 ? '; its members are in no zone' : `, only in ${list(zones)}`}.`,
    fix: (_, { pool, loadBalancer }, missing) => [
      notice(`Put a machine of zone ${list(missing)} into ${pool.name}`),
      checkWithTriage(loadBalancer.id),
    ],
  });
