import { isDeepStrictEqual } from 'node:util';
import type {
  AskedCall,
  Citation,
  DiagnosedBalancingRule,
  DiagnosedMember,
  Diagnosis,
  Finding,
  Fix,
  NotEvaluated,
} from '../../schemas/diagnosis.generated.ts';
import { NoResourceId } from '../azure/ids.ts';
import type { Evaluation, RuleGap } from '../collect/evaluate.ts';
import { knownOr } from '../evidence/open.ts';
import { savedAt } from '../steps/saved-at.ts';
import { printedStep, type Step } from '../steps/step.ts';
import { addressOf } from '../topology/address.ts';
import { present } from '../topology/gone.ts';
import type { BalancingRule, LoadBalancer, Member, Owner, Topology } from '../topology/model.ts';
import { once } from '../topology/once.ts';
import type { Smallest } from '../topology/taken-out.ts';
import { inOrder } from '../words/name-order.ts';
import { confidenceOf } from './confidence.ts';
import { type Explained, explain, kindOf } from './explain.ts';
import { type MemberState, machineOf, powerOf } from './members.ts';
import { ownersFix } from './owners-fix.ts';
import { type RuleVerdict, ruleVerdict, type Verdict, verdictOf } from './verdict.ts';

export interface Circumstances {
  readonly azlb: string;
  readonly az: string | null;
  readonly collectedAt: string;
  readonly calls: readonly AskedCall[];
  /** Members that are kept in reserve: that they are down takes nothing away. */
  readonly isStandby?: ((member: Member) => boolean) | undefined;
  /** How many must be up: fewer are no fault of who took the others out. */
  readonly smallest?: Smallest | undefined;
}

/** What is made of the findings of one load balancer, before it is told. */
export interface Judgement {
  readonly explained: readonly Explained[];
  readonly verdicts: readonly RuleVerdict[];
  readonly verdict: Verdict;
}

/** From what the rules found to what is said: causes first, verdicts, confidence, and what could not be looked at. */
export function diagnose(topology: Topology, evaluation: Evaluation, about: Circumstances): Diagnosis {
  return told(topology, evaluation, judge(topology, evaluation, about), about);
}

/** Causes over symptoms, and the verdict of each balancing rule and of the whole. */
export function judge(
  { loadBalancer }: Topology,
  evaluation: Evaluation,
  { isStandby, smallest }: Pick<Circumstances, 'isStandby' | 'smallest'>,
): Judgement {
  const explained = explain(evaluation.findings, loadBalancer.id);
  // What was not asked for lack of time might have led to more: nothing is fine as long as that isn't known.
  const sure = (verdict: Verdict): Verdict =>
    evaluation.isCut && (verdict === 'ok' || verdict === 'at-risk') ? 'unknown' : verdict;
  const verdicts = loadBalancer.balancingRules.map((rule) => {
    const own = ruleVerdict(rule, explained, evaluation.gaps, isStandby, smallest);
    return { ...own, verdict: sure(own.verdict) };
  });
  return { explained, verdicts, verdict: sure(verdictOf(verdicts, explained, evaluation.gaps)) };
}

/** A judgement in words. */
export function told(
  { loadBalancer }: Topology,
  evaluation: Evaluation,
  { explained, verdicts, verdict }: Judgement,
  about: Circumstances,
): Diagnosis {
  return {
    schemaVersion: 1,
    azlb: about.azlb,
    az: about.az,
    collectedAt: about.collectedAt,
    loadBalancer: {
      id: loadBalancer.id,
      name: loadBalancer.name,
      resourceGroup: loadBalancer.resourceGroup,
      subscriptionId: loadBalancer.subscriptionId,
      location: loadBalancer.location,
      sku: loadBalancer.sku,
      tier: loadBalancer.tier,
      owner: loadBalancer.owner,
    },
    verdict,
    balancingRules: verdicts.map(diagnosedRule),
    members: diagnosedMembers(loadBalancer, verdicts),
    causes: explained.filter(isCause).map(({ key }) => key),
    findings: explained.map((finding) =>
      diagnosedFinding(finding, explained, verdicts, loadBalancer, about.collectedAt),
    ),
    notEvaluated: notEvaluated(evaluation.gaps),
    calls: about.calls,
    ruleFile: null,
    switchedOff: [],
    expectation: null,
  };
}

/** Nothing explains it, and it stops traffic or would. */
export function isCause(finding: Explained): boolean {
  return finding.explainedBy.length === 0 && kindOf(finding) !== 'advice';
}

function diagnosedRule({ rule, verdict, states }: RuleVerdict): DiagnosedBalancingRule {
  const count = (wanted: string): number => states.filter(({ state }) => state === wanted).length;
  return {
    key: rule.name,
    name: rule.name,
    verdict,
    protocol: rule.protocol,
    frontend: {
      name: rule.frontend?.name ?? null,
      address: rule.frontend?.privateIPAddress ?? null,
      port: rule.frontendPort,
    },
    backendPort: rule.backendPort ?? null,
    pools: rule.pools.map(({ name }) => name),
    probe: rule.probe?.name ?? null,
    members: {
      total: states.length,
      up: count('up'),
      down: count('down'),
      unknown: count('unknown') + count('not-measured'),
    },
  };
}

function diagnosedMembers({ pools }: LoadBalancer, verdicts: readonly RuleVerdict[]): readonly DiagnosedMember[] {
  const states = new Map<Member, { readonly rule: BalancingRule; readonly state: MemberState }[]>();
  for (const { rule, states: list } of verdicts) {
    for (const state of list) once(states, state.member, () => []).push({ rule, state });
  }
  return pools.flatMap((pool) =>
    pool.members.map((member) => {
      const machine = machineOf(member);
      const nic = knownOr(member.nic, undefined);
      return {
        key: member.key,
        pool: pool.name,
        name: member.name,
        ip: addressOf(member) ?? null,
        nicId: member.nicId ?? nic?.id ?? null,
        machineId: machine?.id ?? present(nic)?.machineId ?? null,
        zone: machine?.zone ?? null,
        powerState: powerOf(member) ?? null,
        adminState: member.adminState ?? null,
        health: (states.get(member) ?? []).map(({ rule, state: { state, reason, source, idle } }) => ({
          balancingRule: rule.name,
          state,
          reason: reason ?? null,
          source,
          byDesign: idle ?? null,
        })),
      };
    }),
  );
}

function diagnosedFinding(
  finding: Explained,
  all: readonly Explained[],
  verdicts: readonly RuleVerdict[],
  loadBalancer: LoadBalancer,
  collectedAt: string,
): Finding {
  const [first] = finding.findings;
  const steps = finding.explainedBy.length > 0 ? [] : fixSteps(finding, loadBalancer);
  return {
    key: finding.key,
    rule: first.rule.id,
    kind: kindOf(finding),
    severity: finding.severity,
    confidence: confidenceOf(finding, all, verdicts),
    message: finding.message,
    on: finding.on,
    affects: affectsOf(finding),
    data: dataOf(finding.things),
    explainedBy: finding.explainedBy.map(({ key }) => key),
    evidence: evidenceOf(finding),
    fix: steps.length === 0 ? null : fixOf(steps, loadBalancer.owner, collectedAt),
    docs: first.rule.docs,
  };
}

/**
 * What mends a finding, by whoever owns the load balancer. Ids are checked as answers arrive; one that is pieced together
 * from them may still be none: then there is no fix, and what was found stands.
 */
export function fixSteps({ fix }: Explained, loadBalancer: LoadBalancer): readonly Step[] {
  try {
    const steps = fix();
    return steps.length === 0 ? [] : ownersFix(loadBalancer, steps);
  } catch (error) {
    if (error instanceof NoResourceId) return [];
    throw error;
  }
}

/** A finding's facts; of several things those that all have in common, and each one's own. */
function dataOf([first, ...others]: Explained['things']): Readonly<Record<string, unknown>> {
  const factsOf = ({ facts }: Explained['things'][number]) =>
    Object.entries(facts).map(([name, { value }]) => [name, value ?? null] as const);
  if (others.length === 0) return Object.fromEntries(factsOf(first));
  const all = [first, ...others].map((thing) => ({ on: thing.on, ...Object.fromEntries(factsOf(thing)) }));
  const common = factsOf(first).filter(([name, value]) =>
    all.every((each) => isDeepStrictEqual(Object.entries(each).find(([key]) => key === name)?.[1], value)),
  );
  return { ...Object.fromEntries(common), count: all.length, each: all };
}

function fixOf(steps: readonly Step[], owner: Owner, collectedAt: string): Fix {
  return {
    owner,
    steps: steps.map((step) => {
      const { kind, title, disruptive } = step;
      return { kind, title, ...printedStep(savedAt(step, collectedAt), 'bash'), disruptive };
    }),
  };
}

export function affectsOf({ covers }: Explained): readonly string[] {
  const keys = covers.flatMap(({ member, balancingRule }) => [
    ...(member ? [member.key] : []),
    ...(balancingRule ? [balancingRule.name] : []),
  ]);
  return inOrder([...new Set(keys)]);
}

function evidenceOf({ findings }: Explained): readonly Citation[] {
  const citations = findings.flatMap(({ facts }) => Object.values(facts).flatMap((fact) => fact.citations()));
  return [...new Map(citations.map((citation) => [JSON.stringify(citation), citation])).values()];
}

function notEvaluated(gaps: readonly RuleGap[]): readonly NotEvaluated[] {
  const lines = gaps.map(({ rule, subject, gaps: found }) => ({
    rule: rule.id,
    on: subject.on.id,
    because: [
      ...new Set(found.map(({ because, command }) => (command === undefined ? because : `${command}: ${because}`))),
    ].join('; '),
  }));
  return [...new Map(lines.map((line) => [JSON.stringify(line), line])).values()];
}
