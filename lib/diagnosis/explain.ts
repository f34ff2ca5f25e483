import { idKey } from '../azure/ids.ts';
import type { RuleFinding } from '../collect/evaluate.ts';
import { type FindingKind, findingKinds, layers, type Rule, type Severity } from '../rule.ts';
import type { Step } from '../steps/step.ts';
import type { BalancingRule, Member } from '../topology/model.ts';
import type { Cover } from '../topology/subjects.ts';
import { byName } from '../words/name-order.ts';
import { Covering, coveringOf } from './covering.ts';
import { byKind, bySeverity, worstOf } from './order.ts';

/** Findings of one rule that say the same of one thing, or of several with one cause, with what explains them. */
export interface Explained {
  /** `rule@on` in lower case, with `#2` where a rule says two things of one resource. */
  readonly key: string;
  /** The thing at fault; where there are several, the pool or the load balancer that they are in. */
  readonly on: string;
  readonly message: string;
  /** One finding of each thing that is told of, in natural order. */
  readonly things: readonly [RuleFinding, ...RuleFinding[]];
  readonly fix: () => readonly Step[];
  readonly findings: readonly [RuleFinding, ...RuleFinding[]];
  readonly covers: readonly Cover[];
  readonly severity: Severity;
  readonly explainedBy: readonly Explained[];
}

/**
 * Which findings account for an observation. Coverage counts: all that it covers must be covered, by one or by several
 * together; else it stays a cause itself. What is explained passes its symptoms on to its own causes.
 */
function causesOf(findings: readonly RuleFinding[]): ReadonlyMap<RuleFinding, readonly RuleFinding[]> {
  const numbers = new Map(findings.map((finding, at) => [finding, at]));
  const byExplained = new Map<string, Covering<RuleFinding>>();
  for (const finding of findings) {
    for (const id of finding.explains) {
      const explaining = byExplained.get(id) ?? new Covering<RuleFinding>();
      byExplained.set(id, explaining);
      for (const cover of finding.covers) explaining.add(cover, finding);
    }
  }
  const known = new Map<RuleFinding, readonly RuleFinding[]>();
  const visit = (finding: RuleFinding): readonly RuleFinding[] => {
    const done = known.get(finding);
    if (done) return done;
    known.set(finding, []);
    if (!finding.rule.observes) return [];
    const causes = new Set<RuleFinding>();
    const candidates = [finding.rule.id, ...finding.rule.shows].flatMap((name) => byExplained.get(name) ?? []);
    const covered = finding.covers.every((cover) => {
      const matching = candidates
        .flatMap((explaining) => explaining.over(cover))
        .filter((candidate) => candidate !== finding)
        .sort((one, other) => (numbers.get(one) ?? 0) - (numbers.get(other) ?? 0));
      for (const candidate of matching) {
        const own = visit(candidate);
        for (const cause of own.length > 0 ? own : [candidate]) causes.add(cause);
      }
      return matching.length > 0;
    });
    const result = covered && finding.covers.length > 0 ? [...causes] : [];
    known.set(finding, result);
    return result;
  };
  for (const finding of findings) visit(finding);
  return known;
}

/** Joins findings that say the same or have one cause, names them, and puts the most important first. */
export function explain(findings: readonly RuleFinding[], loadBalancerId: string): readonly Explained[] {
  const causes = causesOf(findings);
  const whole = wholeRules(findings);
  // Findings without a cause first, so that those explained can point at them.
  const groups = new Map<string, { findings: [RuleFinding, ...RuleFinding[]]; causes: Set<RuleFinding> }>();
  for (const finding of findings) {
    const own = causes.get(finding) ?? [];
    const roots = own.map((cause) => groupOf(cause)).sort();
    const key = [groupOf(finding), ...new Set(roots)].join('\n');
    const group = groups.get(key);
    if (group) {
      group.findings.push(finding);
      for (const cause of own) group.causes.add(cause);
    } else groups.set(key, { findings: [finding], causes: new Set(own) });
  }
  const made = new Map<RuleFinding, Explained>();
  const used = new Map<string, number>();
  const build = (group: { findings: [RuleFinding, ...RuleFinding[]]; causes: Set<RuleFinding> }): Explained => {
    const [first] = group.findings;
    const done = made.get(first);
    if (done) return done;
    const covers = distinct(group.findings.flatMap((finding) => finding.covers));
    const things = thingsIn(group.findings);
    const on = placeOf(things, covers, loadBalancerId);
    const plain = `${first.rule.id}@${on}`.toLowerCase();
    const number = (used.get(plain) ?? 0) + 1;
    used.set(plain, number);
    const { message, fix } = first.rule.tellTogether(things, group.findings);
    const explained: Explained = {
      key: number === 1 ? plain : `${plain}#${number}`,
      on,
      message: first.remark === undefined ? message : `${message.replace(/\.$/, '')} (${first.remark}).`,
      things,
      fix,
      findings: group.findings,
      covers,
      severity: severityOf(group.findings, whole),
      explainedBy: [...new Set([...group.causes].flatMap((cause) => made.get(cause) ?? []))],
    };
    for (const finding of group.findings) made.set(finding, explained);
    return explained;
  };
  // By what they say, so that each keeps its number when another thing comes or goes.
  const ordered = [...groups].sort(([one], [other]) => byName(one, other)).map(([, group]) => group);
  const roots = ordered.filter((group) => group.causes.size === 0).map(build);
  const symptoms = ordered.filter((group) => group.causes.size > 0).map(build);
  return [...roots.sort(byImportance), ...symptoms.sort(byImportance)];
}

function groupOf({ rule, on, message, remark = '', together, kind, severity }: RuleFinding): string {
  if (together !== undefined) return `${rule.id} ${kind} ${severity} ${together} ${remark}`;
  return `${rule.id} ${idKey(on)} ${message} ${remark}`;
}

/** One finding for each thing that something is said of, in an order that doesn't change from run to run. */
function thingsIn(findings: readonly [RuleFinding, ...RuleFinding[]]): readonly [RuleFinding, ...RuleFinding[]] {
  const said = new Map<string, RuleFinding>();
  for (const finding of findings) {
    const thing = `${idKey(finding.on)} ${finding.message}`;
    if (!said.has(thing)) said.set(thing, finding);
  }
  const [first = findings[0], ...others] = [...said.values()].sort(
    (one, other) => byName(one.on, other.on) || byName(one.message, other.message),
  );
  return [first, ...others];
}

/** What several things have in common: the resource, else their pool, else the load balancer. */
function placeOf(things: readonly RuleFinding[], covers: readonly Cover[], loadBalancerId: string): string {
  const [first, ...others] = distinctIds(things.map(({ on }) => on));
  if (first !== undefined && others.length === 0) return first;
  const pools = covers.map(({ member }) => member?.pool.id ?? loadBalancerId);
  const [pool, ...more] = distinctIds(pools);
  return pool !== undefined && more.length === 0 ? pool : loadBalancerId;
}

function distinctIds(ids: readonly string[]): readonly string[] {
  return [...new Map(ids.map((id) => [idKey(id), id])).values()];
}

function distinct(covers: readonly Cover[]): readonly Cover[] {
  const seen = new Map<BalancingRule | undefined, Set<Member | undefined>>();
  return covers.filter(({ balancingRule, member }) => {
    const members = seen.get(balancingRule) ?? new Set<Member | undefined>();
    seen.set(balancingRule, members);
    const isNew = !members.has(member);
    members.add(member);
    return isNew;
  });
}

/** What hits every member of a balancing rule may be worse than what hits some, whatever resources it is filed under. */
function severityOf(
  findings: readonly [RuleFinding, ...RuleFinding[]],
  whole: ReadonlyMap<Rule, ReadonlySet<BalancingRule>>,
): Severity {
  const [{ rule }] = findings;
  const found = findings.map(({ severity }) => severity);
  const isWhole = findings.some(
    ({ kind, covers }) => kind === 'fault' && covers.flatMap(rulesOf).some((each) => whole.get(rule)?.has(each)),
  );
  return worstOf(isWhole && rule.severityIfAll !== undefined ? [...found, rule.severityIfAll] : found);
}

function rulesOf({ balancingRule, member }: Cover): readonly BalancingRule[] {
  return balancingRule ? [balancingRule] : (member?.pool.balancingRules ?? []);
}

/** For each of our rules with a severity of its own for it: the balancing rules all of whose members its faults cover. */
function wholeRules(findings: readonly RuleFinding[]): ReadonlyMap<Rule, ReadonlySet<BalancingRule>> {
  const covers = new Map<Rule, Cover[]>();
  for (const { rule, kind, covers: own } of findings) {
    if (rule.severityIfAll === undefined || kind !== 'fault') continue;
    const all = covers.get(rule) ?? [];
    covers.set(rule, all);
    for (const cover of own) all.push(cover);
  }
  return new Map(
    [...covers].map(([rule, all]) => [
      rule,
      new Set(
        [...new Set(all.flatMap(rulesOf))].filter(
          (balancingRule) =>
            balancingRule.members.length > 0 &&
            balancingRule.members.every((member) => coveringOf(all).has({ balancingRule, member })),
        ),
      ),
    ]),
  );
}

/** What stops traffic before what would, then the worse, then the earlier layer, then what covers more. */
function byImportance(one: Explained, other: Explained): number {
  const [a] = one.findings;
  const [b] = other.findings;
  return (
    byKind(kindOf(one), kindOf(other)) ||
    bySeverity(one.severity, other.severity) ||
    layers.indexOf(a.rule.layer) - layers.indexOf(b.rule.layer) ||
    other.covers.length - one.covers.length ||
    (one.key < other.key ? -1 : 1)
  );
}

export function kindOf({ findings }: Explained): FindingKind {
  return findingKinds.find((kind) => findings.some((finding) => finding.kind === kind)) ?? 'advice';
}
