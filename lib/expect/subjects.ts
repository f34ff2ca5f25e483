import { sameName } from '../azure/ids.ts';
import { derive, type Fact } from '../evidence/fact.ts';
import type { LoadBalancer, Topology } from '../topology/model.ts';
import { everyPool, type PoolSubject, type RuleSubject, type Subject, theLoadBalancer } from '../topology/subjects.ts';
import type { Expectation, ExpectedBalancingRule, ExpectedPool, Stated } from './expectation.ts';
import type { ExpectationOf } from './match.ts';

/** The whole load balancer, with what its owner's file says of it. */
export interface ExpectedSubject extends Subject {
  readonly expectation: Expectation;
}

export interface ExpectedPoolSubject extends PoolSubject {
  readonly expectation: Expectation;
  readonly expected: ExpectedPool;
}

export interface ExpectedRuleSubject extends RuleSubject {
  readonly expectation: Expectation;
  readonly expected: ExpectedBalancingRule;
}

const expectedLoadBalancer =
  (of: ExpectationOf) =>
  (topology: Topology): readonly ExpectedSubject[] => {
    const expectation = of(topology.loadBalancer);
    return expectation ? theLoadBalancer(topology).map((subject) => ({ ...subject, expectation })) : [];
  };

/** The pools that are there and that the file speaks of. */
export const expectedPools =
  (of: ExpectationOf) =>
  (topology: Topology): readonly ExpectedPoolSubject[] => {
    const expectation = of(topology.loadBalancer);
    return (expectation?.pools ?? []).flatMap((expected) =>
      everyPool(topology)
        .filter(({ pool }) => sameName(pool.name, expected.name))
        .flatMap((subject) => (expectation ? [{ ...subject, expectation, expected }] : [])),
    );
  };

/** Those of them of which the file says this. */
export const poolsSaying =
  (of: ExpectationOf, key: keyof ExpectedPool) =>
  (topology: Topology): readonly ExpectedPoolSubject[] =>
    expectedPools(of)(topology).filter(({ expected }) => expected[key] !== undefined);

/** The balancing rules that are there and that the file speaks of. */
export const expectedRules =
  (of: ExpectationOf) =>
  ({ loadBalancer }: Topology): readonly ExpectedRuleSubject[] => {
    const expectation = of(loadBalancer);
    return (expectation?.balancingRules ?? []).flatMap((expected) =>
      loadBalancer.balancingRules
        .filter(({ name }) => sameName(name, expected.name))
        .flatMap((rule) =>
          expectation
            ? [{ on: rule, covers: [{ balancingRule: rule }], loadBalancer, rule, expectation, expected }]
            : [],
        ),
    );
  };

/** Where the file says it, as part of a finding's data: no az command can show that. */
export function writtenAt(
  { file }: Expectation,
  { line }: { readonly line: number },
): { readonly file: Fact<string>; readonly line: Fact<number> } {
  return { file: derive(file), line: derive(line) };
}

/** The same with what stands there. */
export function stated<T>(
  expectation: Expectation,
  said: Stated<T>,
): { readonly expected: Fact<T>; readonly file: Fact<string>; readonly line: Fact<number> } {
  return { expected: derive(said.value), ...writtenAt(expectation, said) };
}

/** Whom to ask, for the step that says to. */
export const ownerNamed = ({ owner }: Expectation, { name }: LoadBalancer): string => owner ?? `the owner of ${name}`;

/** A pool or balancing rule that the file speaks of and that is not there. */
export interface AbsentSubject extends ExpectedSubject {
  readonly expected: { readonly name: string; readonly line: number };
}

export const absentPools =
  (of: ExpectationOf) =>
  (topology: Topology): readonly AbsentSubject[] =>
    expectedLoadBalancer(of)(topology).flatMap((subject) =>
      subject.expectation.pools
        .filter(({ name }) => !subject.loadBalancer.pools.some((pool) => sameName(pool.name, name)))
        .map((expected) => ({ ...subject, expected })),
    );

export const absentRules =
  (of: ExpectationOf) =>
  (topology: Topology): readonly AbsentSubject[] =>
    expectedLoadBalancer(of)(topology).flatMap((subject) =>
      subject.expectation.balancingRules
        .filter(({ name }) => !subject.loadBalancer.balancingRules.some((rule) => sameName(rule.name, name)))
        .map((expected) => ({ ...subject, expected })),
    );
