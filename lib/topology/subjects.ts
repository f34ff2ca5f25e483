import { is } from '../azure/words.ts';
import { Reading } from '../evidence/reading.ts';
import type {
  BalancingRule,
  LoadBalancer,
  Member,
  OutboundRule,
  Pool,
  Probe,
  ScaleSetInPool,
  Topology,
} from './model.ts';

/**
 * What a rule is about: one thing at a time, with the resource that a finding is filed under and what it covers.
 * A list is computed once for each topology and shared by the rules.
 */
export interface Subject {
  readonly on: { readonly id: string };
  readonly covers: readonly Cover[];
  readonly loadBalancer: LoadBalancer;
}

/** A member, a balancing rule, or a member in one balancing rule; an empty one is the whole load balancer. */
export interface Cover {
  readonly balancingRule?: BalancingRule;
  readonly member?: Member;
}

function perTopology<S>(list: (topology: Topology) => readonly S[]): (topology: Topology) => readonly S[] {
  // All rules look at one topology before any looks at the next, so the last one is all that need be known.
  let last: { readonly topology: Topology; readonly subjects: readonly S[] } | undefined;
  return (topology) => {
    if (last?.topology !== topology) last = { topology, subjects: list(topology) };
    return last.subjects;
  };
}

export const theLoadBalancer = perTopology(({ loadBalancer }) => [{ on: loadBalancer, covers: [{}], loadBalancer }]);

/** Two parts of the load balancer's own answer that can't both be so: what it is made of is not known. */
export interface Disagreement extends Subject {
  readonly agreed: Reading<undefined>;
}

export const disagreements = perTopology(({ loadBalancer }): readonly Disagreement[] =>
  loadBalancer.disagreements.map((agreed) => ({ on: loadBalancer, covers: [{}], loadBalancer, agreed })),
);

/** Of a subject that nothing contradicts. */
export const agreed: Reading<undefined> = Reading.known(undefined);

/** Azure does not probe a Gateway's members as others', nobody knows what it does of an unknown kind, and a Global one's members are other load balancers. */
function isPlain({ sku, tier, isFamiliar }: LoadBalancer): boolean {
  return isFamiliar && !is(sku, 'Gateway') && !is(tier, 'Global');
}

export interface RuleSubject extends Subject {
  readonly rule: BalancingRule;
}

/** A balancing rule whose health Azure measures. */
export type MeasuredRule = RuleSubject;

export interface PoolSubject extends Subject {
  readonly pool: Pool;
}

export interface ProbeSubject extends Subject {
  readonly probe: Probe;
}

export interface MemberSubject extends PoolSubject {
  readonly member: Member;
}

export const everyBalancingRule = perTopology(({ loadBalancer }): readonly RuleSubject[] =>
  loadBalancer.balancingRules.map((rule) => ({ on: rule, covers: [{ balancingRule: rule }], loadBalancer, rule })),
);

export const plainBalancingRules = perTopology((topology) =>
  isPlain(topology.loadBalancer) ? everyBalancingRule(topology) : [],
);

/** Balancing rules whose health Azure measures. */
export const measuredRules = perTopology((topology) =>
  everyBalancingRule(topology).filter(({ rule }) => rule.measured),
);

/** These without Gateways and Global load balancers. */
export const plainMeasuredRules = perTopology((topology) =>
  plainBalancingRules(topology).filter(({ rule }) => rule.measured),
);

export const everyPool = perTopology(({ loadBalancer }): readonly PoolSubject[] =>
  loadBalancer.pools.map((pool) => ({ on: pool, covers: coversOfPool(pool), loadBalancer, pool })),
);

/** Pools that a balancing rule sends traffic to. */
export const servingPools = perTopology((topology) =>
  everyPool(topology).filter(({ pool }) => pool.balancingRules.length > 0),
);

export const everyProbe = perTopology(({ loadBalancer }): readonly ProbeSubject[] =>
  loadBalancer.probes.map((probe) => ({ on: probe, covers: coversOfProbe(probe), loadBalancer, probe })),
);

/** Every member that is a machine, a Gateway's too; those of a Global load balancer are other load balancers. */
export const machineMembers = perTopology(({ loadBalancer }): readonly MemberSubject[] =>
  is(loadBalancer.tier, 'Global')
    ? []
    : loadBalancer.pools.flatMap((pool) =>
        pool.members.map((member) => ({ on: onMember(member), covers: [{ member }], loadBalancer, pool, member })),
      ),
);

/** Every member of every pool, whatever the pool is for. */
export const everyMember = perTopology((topology) => (isPlain(topology.loadBalancer) ? machineMembers(topology) : []));

/** A member in one balancing rule. */
export interface RuleMember extends Subject {
  readonly member: Member;
  readonly rule: BalancingRule;
}

export const ruleMembers = perTopology((topology): readonly RuleMember[] =>
  plainBalancingRules(topology).flatMap(({ rule, loadBalancer }) =>
    rule.members.map((member) => ({
      on: onMember(member),
      covers: [{ member, balancingRule: rule }],
      loadBalancer,
      rule,
      member,
    })),
  ),
);

/** A member in one balancing rule of a Global load balancer: another load balancer's frontend. */
export const globalMembers = perTopology((topology): readonly RuleMember[] =>
  is(topology.loadBalancer.tier, 'Global')
    ? everyBalancingRule(topology).flatMap(({ rule, loadBalancer }) =>
        rule.members.map((member) => ({
          on: onMember(member),
          covers: [{ member, balancingRule: rule }],
          loadBalancer,
          rule,
          member,
        })),
      )
    : [],
);

/** A member in one balancing rule that something probes: an admin state overrides that. */
export const overridableMembers = perTopology((topology): readonly RuleMember[] => [
  ...probedMembers(topology),
  ...globalMembers(topology),
]);

export interface ProbedMember extends RuleMember {
  readonly probe: Probe;
}

/** A member in one balancing rule that has a probe. */
export const probedMembers = perTopology((topology): readonly ProbedMember[] =>
  ruleMembers(topology).flatMap((subject) => (subject.rule.probe ? [{ ...subject, probe: subject.rule.probe }] : [])),
);

/** A balancing rule that has a probe, filed under the probe. */
export interface ProbedRule extends RuleSubject {
  readonly probe: Probe;
}

export const probedRules = perTopology((topology): readonly ProbedRule[] =>
  plainBalancingRules(topology).flatMap((subject) =>
    subject.rule.probe ? [{ ...subject, on: subject.rule.probe, probe: subject.rule.probe }] : [],
  ),
);

export interface ScaleSetSubject extends Subject {
  readonly scaleSet: ScaleSetInPool;
}

/** A scale set of which at least one instance is in a serving pool. */
export const servingScaleSets = perTopology((topology): readonly ScaleSetSubject[] =>
  isPlain(topology.loadBalancer)
    ? servingPools(topology).flatMap(({ pool, loadBalancer }) =>
        pool.scaleSets.map((scaleSet) => ({
          on: scaleSet,
          covers: pool.balancingRules.map((balancingRule) => ({ balancingRule })),
          loadBalancer,
          scaleSet,
        })),
      )
    : [],
);

/** A scale set of which at least one instance is in a pool that an outbound rule lets out. */
export interface OutboundScaleSet extends ScaleSetSubject {
  readonly outboundRule: OutboundRule;
  readonly member: Member;
}

export const outboundScaleSets = perTopology((topology): readonly OutboundScaleSet[] =>
  everyPool(topology).flatMap(({ pool, loadBalancer }) => {
    const [outboundRule] = pool.outboundRules;
    if (!outboundRule) return [];
    return pool.scaleSets.flatMap((scaleSet) => {
      const [member] = scaleSet.members;
      if (!member) return [];
      const covers = scaleSet.members.map((each) => ({ member: each }));
      return [{ on: scaleSet, covers, loadBalancer, scaleSet, outboundRule, member }];
    });
  }),
);

function coversOfPool(pool: Pool): readonly Cover[] {
  return pool.balancingRules.map((balancingRule) => ({ balancingRule }));
}

function coversOfProbe(probe: Probe): readonly Cover[] {
  return probe.balancingRules.map((balancingRule) => ({ balancingRule }));
}

/** A member is filed under its network interface, or its address's pool. */
function onMember(member: Member): { readonly id: string } {
  return { id: member.nicId ?? `${member.pool.id}/addresses/${member.name}` };
}
