import { cite, citeMetric, derive } from '../../evidence/fact.ts';
import { Reading } from '../../evidence/reading.ts';
import { ruleOf } from '../../rule.ts';
import { checkWithTriage, notice } from '../../steps/looking.ts';
import { type Idle, idleMembers } from '../../topology/active-passive.ts';
import type { BalancingRule, Health, Member, Topology } from '../../topology/model.ts';
import { counted, isOrAre } from '../../words/counted.ts';
import type { ExpectationOf } from '../match.ts';
import { isUndercut } from '../smallest.ts';
import { type ExpectedPoolSubject, expectedPools, ownerNamed, writtenAt } from '../subjects.ts';

const nobody: ReadonlyMap<Member, Idle> = new Map();

interface ServedPool extends ExpectedPoolSubject {
  /** Through which health is measured; undefined where nothing measures it. */
  readonly rule: BalancingRule | undefined;
}

/** A pool once for each balancing rule that measures its health, else once by its number alone. */
const servedPools = (of: ExpectationOf) => (topology: Topology) =>
  expectedPools(of)(topology)
    .filter(({ expected }) => expected.smallestHealthy !== undefined)
    .flatMap((subject): readonly ServedPool[] => {
      const measured = subject.pool.balancingRules.filter((rule) => rule.measured);
      if (measured.length === 0 || isUndercut(subject.expected, subject.pool)) return [{ ...subject, rule: undefined }];
      return measured.map((rule) => ({ ...subject, covers: [{ balancingRule: rule }], rule }));
    });

export default (of: ExpectationOf) =>
  ruleOf({
    id: 'below-smallest-healthy',
    layer: 'symptom',
    kind: 'fault',
    severity: 'critical',
    observes: 'count',
    shows: ['member-down', 'too-few-members'],
    title: 'Fewer members are healthy than the service needs',
    why: 'Its owner said how many must be healthy for the load to be carried. Below that number those that are left are overloaded, whatever their probes say.',
    docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-best-practices',
    about: servedPools(of),
    needs: {
      health: ({ rule }: ServedPool) => (rule ? rule.health : Reading.known<Health | undefined>(undefined)),
      idle: ({ rule }: ServedPool) => (rule ? idleMembers(rule) : Reading.known(nobody)),
    },
    check: ({ expectation, expected, pool, rule }, { health, idle }) => {
      const { smallestHealthy } = expected;
      if (smallestHealthy === undefined) return undefined;
      const own = pool.members.map((member) => ({ member, health: health?.members.get(member) }));
      const up = own.filter((each) => each.health?.really === 'up');
      // Azure leaves out of its answer what is off or gone; a member that a metric doesn't name may be anything.
      const down = own.filter(
        (each) =>
          // A passive node that runs is fit to take over, for all that a probe can tell.
          (each.health?.really === 'down' && !idle.has(each.member)) ||
          (health?.source === 'platform' && each.health === undefined),
      );
      const most = health === undefined ? own.length : own.length - down.length;
      if (most >= smallestHealthy.value) return undefined;
      const citations = own.flatMap((each) =>
        each.health === undefined
          ? []
          : [each.health.reason === undefined ? citeMetric(each.health) : cite(each.health, 'reason')],
      );
      const listed = [cite(pool, 'loadBalancerBackendAddresses'), cite(pool, 'backendIPConfigurations')];
      const isDown = rule !== undefined && down.length > 0;
      return {
        // What was never in the pool has not stopped: the others carry the traffic, and are too few.
        ...(isDown ? { covers: down.map(({ member }) => ({ member, balancingRule: rule })) } : { kind: 'risk' }),
        facts: {
          expected: derive(smallestHealthy.value),
          ...writtenAt(expectation, smallestHealthy),
          healthy: derive(health === undefined ? most : up.length, ...(health === undefined ? listed : citations)),
        },
        detail: undefined,
      };
    },
    message: ({ healthy, expected }, { pool, rule }) =>
      rule === undefined
        ? `${pool.name} has ${counted(healthy, 'member')}; ${expected} must be healthy.`
        : `${healthy} of the ${pool.members.length} members of ${pool.name} ${isOrAre(healthy)} healthy for ${rule.name}; ${expected} must be.`,
    fix: (_, { loadBalancer, expectation }) => [
      notice(
        `Tell ${ownerNamed(expectation, loadBalancer)}${expectation.escalation === undefined ? '' : `; then ${expectation.escalation}`}`,
      ),
      checkWithTriage(loadBalancer.id),
    ],
  });
