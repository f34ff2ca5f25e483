import { idKey } from '../../azure/ids.ts';
import { derive, type Fact } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { changeBalancingRule, repointBalancingRule } from '../../steps/balancer.ts';
import { lookAtLoadBalancer, notice } from '../../steps/looking.ts';
import type { BalancingRule, LoadBalancer, Topology } from '../../topology/model.ts';
import {
  agreed,
  type Disagreement,
  disagreements,
  everyBalancingRule,
  type RuleSubject,
} from '../../topology/subjects.ts';
import { citePools, citeReference } from '../reference.ts';

type What = 'pool' | 'frontend' | 'probe';

interface Dangling extends RuleSubject, Disagreement {
  readonly what: What;
  readonly id: string;
  /** The child that it must mean, where only one is left. */
  readonly instead: string | undefined;
}

function danglingOf({ rule, loadBalancer }: RuleSubject): readonly (readonly [What, string])[] {
  const known = new Set(childrenOf(loadBalancer).map(({ id }) => idKey(id)));
  const references: readonly (readonly [What, string | undefined])[] = [
    ...rule.poolIds.map((id) => ['pool', id] as const),
    ['frontend', rule.frontendId],
    ['probe', rule.probeId],
  ];
  return references.flatMap(([what, id]) => (id === undefined || known.has(idKey(id)) ? [] : [[what, id] as const]));
}

function childrenOf({ pools, frontends, probes }: LoadBalancer, what?: What): readonly { readonly id: string }[] {
  const lists = { pool: pools, frontend: frontends, probe: probes };
  return what === undefined ? [...pools, ...frontends, ...probes] : lists[what];
}

function danglingReferences(topology: Topology): readonly Dangling[] {
  return everyBalancingRule(topology).flatMap((subject) =>
    danglingOf(subject).map(([what, id]) => {
      const [only, ...others] = childrenOf(subject.loadBalancer, what);
      return { ...subject, agreed, what, id, instead: others.length === 0 ? only?.id : undefined };
    }),
  );
}

type Followed = Dangling | Disagreement;

/** What refers back to something that is not listed shows that part of the answer is missing: nobody can tell then. */
function followed(topology: Topology): readonly Followed[] {
  return [...danglingReferences(topology), ...disagreements(topology)];
}

function cited(rule: BalancingRule, what: What, id: string): Fact<string> {
  if (what === 'probe') return derive(id, citeReference(rule, 'probe', id));
  if (what === 'frontend') return derive(id, citeReference(rule, 'frontendIPConfiguration', id));
  return derive(id, ...citePools(rule));
}

export default defineRule({
  id: 'dangling-reference',
  layer: 'topology',
  kind: 'fault',
  severity: 'high',
  title: 'A balancing rule refers to something that its load balancer does not have',
  why: 'Without its pool or frontend it carries no traffic; without its probe nothing tells which members answer.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/components',
  about: followed,
  needs: { agreed: (subject: Followed) => subject.agreed },
  check: (subject) => {
    if (!('what' in subject)) return undefined;
    const { rule, what, id } = subject;
    return {
      // Traffic still flows without the probe, and to the other pool of two.
      ...(what === 'probe' || (what === 'pool' && rule.pools.length > 0) ? { kind: 'risk' } : {}),
      facts: { reference: cited(rule, what, id) },
      detail: { ...subject, name: id.slice(id.lastIndexOf('/') + 1) },
    };
  },
  message: (_, { loadBalancer }, { rule, what, name }) =>
    `${rule.name} refers to the ${what} ${name}, which ${loadBalancer.name} does not have.`,
  fix: (_, { loadBalancer }, { rule, what, instead }) => {
    const look = lookAtLoadBalancer(loadBalancer.id);
    // No way back: Azure takes no reference to what is not there.
    if (instead === undefined) return [look, notice(`Point ${rule.name} at the ${what} that was meant`)];
    const common = { loadBalancerId: loadBalancer.id, name: rule.name, keepsNewFields: loadBalancer.hasNewerFields };
    if (what === 'pool')
      return [look, ...repointBalancingRule({ ...common, toPoolId: instead, fromPoolId: null, hasPool: true })];
    const field = what === 'probe' ? 'probe' : 'frontendIPConfiguration';
    return [look, ...changeBalancingRule({ ...common, to: { [field]: instead }, from: null })];
  },
});
