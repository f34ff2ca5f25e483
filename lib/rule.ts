import type { Fact } from './evidence/fact.ts';
import type { Reading } from './evidence/reading.ts';
import type { ExpectationRuleId, RuleId } from './rule-ids.generated.ts';
import { forAll } from './steps/joined.ts';
import type { Step } from './steps/step.ts';
import type { Topology } from './topology/model.ts';
import type { Cover, Subject } from './topology/subjects.ts';

/**
 * Where in the chain from configuration to symptom a rule looks. At each member the earliest layer with a finding is the
 * cause, because what comes later can't be seen through it. `advice` stands beside the chain.
 */
export const layers = [
  'ownership',
  'control-plane',
  'platform',
  'topology',
  'existence',
  'compute',
  'override',
  'path',
  'probe',
  'application',
  'symptom',
  'advice',
] as const;

export type Layer = (typeof layers)[number];

/** The worst first. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

/** `fault` stops traffic now, `risk` would, `advice` wouldn't: the first is told first. */
export const findingKinds = ['fault', 'risk', 'advice'] as const;
export type FindingKind = (typeof findingKinds)[number];

/** What an observation is read from: a reason code of the health action, or that it gives none; or a number of members. */
export type Observed = 'reason-code' | 'count';

/** What observations have in common: whoever explains it explains each that shows it. */
export type Effect = 'member-down' | 'too-few-members';

type Explainable = RuleId | ExpectationRuleId | Effect;

export type Facts = Readonly<Record<string, Fact<unknown>>>;
export type Values<F extends Facts> = { readonly [K in keyof F]: F[K]['value'] };

/** What a check found. Facts are data and evidence at once; the rest differs from the rule's own only where it must. */
export interface Checked<F extends Facts, D> {
  readonly facts: F;
  /** What the message and the fix need beyond the facts: ids, names that are taken. No part of the finding. */
  readonly detail: D;
  readonly severity?: Severity;
  readonly kind?: FindingKind;
  /** The resource at fault, when it is not the subject (a security group, say). */
  readonly on?: string;
  /** What is covered, when it is not what the subject covers. */
  readonly covers?: readonly Cover[];
  /** The observations that this one accounts for, when not all that the rule could. */
  readonly explains?: readonly Explainable[];
}

/** What one finding's message and fix are made of. */
export interface Telling<S, F extends Facts, D> {
  readonly values: Values<F>;
  readonly subject: S;
  readonly detail: D;
}

/** How findings of one rule that have one cause are told as one: one sentence with their number, one fix. */
export interface Together<S, F extends Facts, D> {
  /** What those that are one have in common, beside kind and severity; undefined for one that stands alone. */
  readonly by: (told: Telling<S, F, D>) => string | undefined;
  readonly message: (all: Several<Telling<S, F, D>>) => string;
  /** Without it their fixes are made one: looked at and saved once, changed in order, checked once, taken back. */
  readonly fix?: (all: Several<Telling<S, F, D>>) => readonly Step[];
  /** In its place where what is said alike of several members may take different changes: it gets each of them. */
  readonly fixEach?: (all: Several<Telling<S, F, D>>) => readonly Step[];
}

export type Several<T> = readonly [T, ...T[]];

/** Named pieces of evidence, each found from the subject. */
export type Readings<S> = Readonly<Record<string, (subject: S) => Reading<unknown>>>;
type Inside<R> = R extends (subject: never) => Reading<infer T> ? T : never;
type Known<N> = { readonly [K in keyof N]: Inside<N[K]> };
type Wanted<W> = { readonly [K in keyof W]: Inside<W[K]> | undefined };

export interface RuleDefinition<
  S extends Subject,
  N extends Readings<S>,
  W extends Readings<S>,
  F extends Facts,
  D,
  Id extends string = RuleId,
> {
  /** The file's name. */
  readonly id: Id;
  readonly layer: Layer;
  readonly kind: FindingKind;
  /** The default; a rule file may re-grade it. */
  readonly severity: Severity;
  /** When the finding covers every member of a balancing rule. */
  readonly severityIfAll?: Severity;
  readonly title: string;
  readonly why: string;
  readonly docs: string;
  /** Observations that this finding accounts for, on the same member or balancing rule: by their rule, or by what they show. */
  readonly explains?: readonly Explainable[];
  /** An observation: it can be explained. A fact of configuration never is. */
  readonly observes?: Observed;
  /** Of an observation: what it has in common with others. */
  readonly shows?: readonly Effect[];
  /** It keeps each probe from its member, or each answer from Azure: where a probe is answered it can't be there. */
  readonly blocksProbe?: true;
  /** A fault whose members are all up: it takes none of them out of service. */
  readonly membersAreUp?: true;
  /** It says what a load balancer does that balances nothing. */
  readonly saysWhatItDoes?: true;
  readonly about: (topology: Topology) => readonly S[];
  /** False where what the load balancer itself says rules it out: nothing is asked then, and nothing is missing. */
  readonly possible?: (subject: S) => boolean;
  /** Evidence without which nothing can be said: any gap makes it "not evaluated". */
  readonly needs?: N;
  /** Evidence that would make it surer or silent: a gap lowers confidence and hides nothing. */
  readonly wants?: W;
  /** Tried before `wants` is asked for: false ends it, so that az is not run for what can't matter. */
  readonly when?: (subject: S, known: Known<N>) => boolean;
  readonly check: (subject: S, known: Known<N>, wanted: Wanted<W>) => Checked<F, D> | undefined;
  readonly message: (values: Values<F>, subject: S, detail: D) => string;
  readonly fix?: (values: Values<F>, subject: S, detail: D) => readonly Step[];
  /** Where the rule may say the same of several things. */
  readonly together?: Together<S, F, D>;
}

/** A rule with its own types behind it: what the runner needs of it. */
export interface Rule {
  /** Of a file in lib/rules, or of a rule that was made from someone's own file. */
  readonly id: string;
  readonly layer: Layer;
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly severityIfAll: Severity | undefined;
  readonly title: string;
  readonly why: string;
  readonly docs: string;
  readonly explains: readonly Explainable[];
  readonly observes: Observed | undefined;
  readonly shows: readonly Effect[];
  readonly blocksProbe: boolean;
  readonly membersAreUp: boolean;
  readonly saysWhatItDoes: boolean;
  readonly evaluate: (topology: Topology, runner: Runner) => void;
  /** What is said, and what mends it, of the things that are told as one, and of all the findings that say it of them. */
  readonly tellTogether: (
    things: Several<RawFinding>,
    findings: readonly RawFinding[],
  ) => Pick<RawFinding, 'message' | 'fix'>;
}

/** What the runner gives a rule: the only way to open readings, and where its results go. */
export interface Runner {
  /** All of a subject's readings opened, or undefined after the gaps among them were noted. */
  open<S extends Subject>(subject: S, readings: Readings<S>): Readonly<Record<string, unknown>> | undefined;
  /** Each of a subject's readings opened or undefined; tells whether any was missing. */
  openSome<S extends Subject>(subject: S, readings: Readings<S>): OpenedSome;
  found(finding: RawFinding): void;
}

export interface OpenedSome {
  readonly values: Readonly<Record<string, unknown>>;
  readonly complete: boolean;
}

export interface RawFinding {
  readonly on: string;
  readonly covers: readonly Cover[];
  readonly severity: Severity;
  readonly kind: FindingKind;
  readonly facts: Facts;
  readonly message: string;
  /** What is said beside the message, such as that it is meant so. */
  readonly remark?: string;
  /** Findings of one rule that have this in common are told as one; undefined stands alone. */
  readonly together: string | undefined;
  readonly explains: readonly string[];
  /** False when evidence that would have made it surer is missing. */
  readonly complete: boolean;
  readonly fix: () => readonly Step[];
}

/**
 * Makes a rule of its parts. The types hold them together: a need used unopened, a fact misspelt in the message, a fact
 * without its citation or an unknown rule id does not compile.
 */
export function defineRule<
  S extends Subject,
  F extends Facts,
  D,
  N extends Readings<S> = Readonly<Record<never, never>>,
  W extends Readings<S> = Readonly<Record<never, never>>,
>(definition: RuleDefinition<S, N, W, F, D>): Rule {
  return ruleOf(definition);
}

/** The same of a rule that is made from a file of someone's own, and so is none of lib/rules. */
export function ruleOf<
  S extends Subject,
  F extends Facts,
  D,
  N extends Readings<S> = Readonly<Record<never, never>>,
  W extends Readings<S> = Readonly<Record<never, never>>,
  Id extends string = string,
>(definition: RuleDefinition<S, N, W, F, D, Id>): Rule {
  const {
    id,
    layer,
    kind,
    severity,
    severityIfAll,
    title,
    why,
    docs,
    explains = [],
    observes,
    shows = [],
  } = definition;
  const { blocksProbe = false, membersAreUp = false, saysWhatItDoes = false } = definition;
  const { about, possible, needs, wants, when, check, message, fix, together } = definition;
  // What its findings are made of, by the finding; what a finding is copied to keeps its `fix`.
  const told = new WeakMap<RawFinding['fix'], Telling<S, F, D>>();
  return {
    id,
    layer,
    kind,
    severity,
    severityIfAll,
    title,
    why,
    docs,
    explains,
    observes,
    shows,
    blocksProbe,
    membersAreUp,
    saysWhatItDoes,
    evaluate: (topology, runner) => {
      for (const subject of about(topology)) if (possible?.(subject) !== false) evaluateOne(subject, runner);
    },
    tellTogether: (things, findings) => {
      const [thing] = things;
      const all = toldOf(things);
      const each = toldOf(findings);
      const fixOfThings = () =>
        (things.length > 1 && all && together?.fix?.(all)) || forAll(things.map((one) => one.fix()));
      return {
        message: things.length > 1 && all && together ? together.message(all) : thing.message,
        fix: () => (each && together?.fixEach?.(each)) ?? fixOfThings(),
      };
    },
  };

  function toldOf(findings: readonly RawFinding[]): Several<Telling<S, F, D>> | undefined {
    const [first, ...others] = findings.flatMap(({ fix: of }) => told.get(of) ?? []);
    return first && [first, ...others];
  }

  function evaluateOne(subject: S, runner: Runner): void {
    const opened = needs ? runner.open(subject, needs) : nothing;
    if (opened === undefined) return;
    const known = opened as Known<N>; // Opened key by key from `needs`, whose types Known takes apart; TypeScript can't follow.
    if (when && !when(subject, known)) return;
    const { values: some, complete } = wants ? runner.openSome(subject, wants) : nothingWanted;
    const found = check(subject, known, some as Wanted<W>); // As above, from `wants`.
    if (found === undefined) return;
    const values = valuesOf(found.facts);
    const own = { values, subject, detail: found.detail };
    const fixes = () => fix?.(values, subject, found.detail) ?? [];
    told.set(fixes, own);
    runner.found({
      on: found.on ?? subject.on.id,
      covers: found.covers ?? subject.covers,
      severity: found.severity ?? severity,
      kind: found.kind ?? kind,
      facts: found.facts,
      message: message(values, subject, found.detail),
      together: together?.by(own),
      explains: found.explains ?? explains,
      complete,
      fix: fixes,
    });
  }
}

const nothing = {};
const nothingWanted: OpenedSome = { values: nothing, complete: true };

function valuesOf<F extends Facts>(facts: F): Values<F> {
  const values: Partial<{ [K in keyof F]: F[K]['value'] }> = {};
  for (const key in facts) values[key] = facts[key]?.value;
  return values as Values<F>; // Filled with every key of F just now.
}
