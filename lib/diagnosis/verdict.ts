import { hasReason } from '../azure/reasons.ts';
import { is } from '../azure/words.ts';
import type { RuleGap } from '../collect/evaluate.ts';
import { open } from '../evidence/open.ts';
import { isOfRecording } from '../evidence/reading.ts';
import { activePassive, isAnsweredTwice } from '../topology/active-passive.ts';
import { refersToUnlisted } from '../topology/back-references.ts';
import type { BalancingRule, Member } from '../topology/model.ts';
import { once } from '../topology/once.ts';
import { areEnough, isTakenOut, type Smallest } from '../topology/taken-out.ts';
import { coveringOf } from './covering.ts';
import { type Explained, kindOf } from './explain.ts';
import { type MemberState, machineOf, memberStates } from './members.ts';
import { isAtLeast, isMinor } from './order.ts';

export const verdicts = ['down', 'masked', 'degraded', 'unknown', 'at-risk', 'ok'] as const;
export type Verdict = (typeof verdicts)[number];

/** The worst of them; `ok` where there is none, as nothing is wrong with it yet. */
export function worstVerdict(each: readonly Verdict[]): Verdict {
  return verdicts.find((verdict) => each.includes(verdict)) ?? 'ok';
}

/** Nobody or not everybody is served now. */
export function isLosingTraffic(verdict: Verdict): boolean {
  return verdicts.indexOf(verdict) <= verdicts.indexOf('degraded');
}

export interface RuleVerdict {
  readonly rule: BalancingRule;
  readonly verdict: Verdict;
  readonly states: readonly MemberState[];
}

/** What one balancing rule really does for its clients, from its members' health and from the faults that cover it. */
export function ruleVerdict(
  rule: BalancingRule,
  findings: readonly Explained[],
  gaps: readonly RuleGap[],
  isStandby: (member: Member) => boolean = () => false,
  smallest?: Smallest,
): RuleVerdict {
  const all = memberStates(rule);
  const serving = all.filter(({ idle }) => idle === undefined);
  const active = serving.filter(({ member }) => !isStandby(member));
  const states = active.length > 0 ? active : serving;
  // What an observation says of members is in their states already.
  const faults = findings.filter((finding) => kindOf(finding) === 'fault' && !finding.findings[0].rule.observes);
  const cluster = open(activePassive(rule));
  const isStopped = ({ member }: MemberState): boolean =>
    faults.some(({ covers }) => coveringOf(covers).has({ balancingRule: rule, member }));
  // Where it isn't known whether this is a cluster, nobody knows if a node that is down beside one that is up should be.
  const isDoubtful = !('known' in cluster) && states.some(({ state }) => state === 'up');
  // Who was taken out by hand is not missed while enough others are up.
  const up = new Set(states.flatMap(({ member, state }) => (state === 'up' ? [member] : [])));
  const isCarried = areEnough(
    states.map(({ member }) => member),
    (member) => up.has(member),
    smallest,
  );
  const isMissed = (each: MemberState): boolean =>
    each.state === 'down' && !isDoubtful && !(isCarried && wasTakenOut(each));
  const stopped = new Set(states.filter((each) => isMissed(each) || isStopped(each)));
  return { rule, states: all, verdict: verdictOf() };

  function verdictOf(): Verdict {
    const faulty = faults.some(({ covers }) => coveringOf(covers).has({ balancingRule: rule }));
    if (states.length === 0) return faulty ? 'down' : restful();
    if (stopped.size === states.length) return states.some(isForcedUp) ? 'masked' : 'down';
    if (states.every((state) => stopped.has(state) || isForcedUp(state))) return 'masked';
    // The reason of one says it of all: nobody answers.
    if (states.some((each) => hasReason(each, 'Up_Probe_AllDownIsUp')) && states.every(({ state }) => state !== 'up'))
      return 'masked';
    if (stopped.size > 0 || isAnsweredTwice(rule)) return 'degraded';
    return isDoubtful && states.some(({ state }) => state === 'down') ? 'unknown' : restful();
  }

  /** Nothing is wrong as far as was seen; what wasn't seen decides. */
  function restful(): Verdict {
    if (states.some((each) => each.state === 'unknown' && !hasReason(each, 'Up_Admin'))) return 'unknown';
    if (gaps.some((gap) => matters(gap, { rule, states }))) return 'unknown';
    // Whether one is meant to answer at a time, the probe tells.
    if (refersToUnlisted(rule, 'probe')) return 'unknown';
    if (!isJudged() && findings.every((finding) => !touches(finding, rule))) return 'unknown';
    return findings.some((finding) => touches(finding, rule)) ? 'at-risk' : 'ok';
  }

  /** Azure tells of no Gateway's members whether they answer: that their machines run is all that can be known. */
  function isJudged(): boolean {
    if (rule.measured) return true;
    const isGateway = is(rule.loadBalancer.sku, 'Gateway');
    return isGateway && states.length > 0 && states.every(({ member }) => machineOf(member)?.powerState === 'running');
  }
}

/** The load balancer's answer of an older az has no admin states: there its reason tells. */
const wasTakenOut = (each: MemberState): boolean => isTakenOut(each.member) || hasReason(each, 'Down_Admin');

/** Up by decree, whether or not anything answers. */
const isForcedUp = (each: MemberState): boolean =>
  each.reportedUp &&
  (each.state === 'down' || (each.state !== 'up' && is(each.member.adminState, 'Up')) || hasReason(each, 'Up_Admin'));

/** Fault or risk at or above medium on this balancing rule or one of its members. */
function touches(finding: Explained, rule: BalancingRule): boolean {
  if (kindOf(finding) === 'advice' || isMinor(finding)) return false;
  return finding.covers.some((cover) => coversRule(cover, rule));
}

const memberSets = new WeakMap<BalancingRule, ReadonlySet<Member>>();

function membersOf(rule: BalancingRule): ReadonlySet<Member> {
  return once(memberSets, rule, () => new Set(rule.members));
}

function coversRule(cover: Explained['covers'][number], rule: BalancingRule): boolean {
  if (cover.balancingRule !== undefined) return cover.balancingRule === rule;
  return cover.member === undefined || membersOf(rule).has(cover.member);
}

/**
 * A rule that could not look, where what it looks for would have stopped traffic, or is a risk that ends a run with
 * exit code 1 when it is found (`--fail-on high`, the default). Reason codes and counts only refine a
 * state that is known from elsewhere (the metric), so their absence alone changes nothing.
 */
function matters(
  { rule: ours, subject, gaps }: RuleGap,
  { rule, states }: Pick<RuleVerdict, 'rule' | 'states'>,
): boolean {
  if (gaps.every(isOfRecording) || !isSerious(ours) || ours.layer === 'application') return false;
  const covered = subject.covers.filter((cover) => coversRule(cover, rule));
  // What keeps a probe from its member can't be there where the probe is answered.
  if (!ours.blocksProbe) return covered.length > 0;
  return covered.some(({ member }) =>
    states.some((state) => (member === undefined || member === state.member) && state.state !== 'up'),
  );
}

/** What it looks for ends a run with exit code 1, and nothing else can tell of it. */
function isSerious(rule: RuleGap['rule']): boolean {
  return rule.kind !== 'advice' && !rule.observes && isAtLeast('high', rule);
}

/** The worst of the balancing rules; without any, what the findings and gaps say of the load balancer. */
export function verdictOf(
  rules: readonly RuleVerdict[],
  findings: readonly Explained[],
  gaps: readonly RuleGap[],
): Verdict {
  if (rules.length > 0) return worstVerdict(rules.map(({ verdict }) => verdict));
  const serious = findings.filter((finding) => !isMinor(finding));
  if (serious.some((finding) => kindOf(finding) === 'fault')) return 'degraded';
  const isGap = ({ rule }: RuleGap) => isSerious(rule) || (rule.kind === 'fault' && !rule.observes);
  if (gaps.some((gap) => isGap(gap) && !gap.gaps.every(isOfRecording))) return 'unknown';
  return serious.some((finding) => kindOf(finding) === 'risk') ? 'at-risk' : 'ok';
}
