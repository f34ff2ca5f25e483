import type { Ask } from '../evidence/ask.ts';
import { open } from '../evidence/open.ts';
import { type Gap, isTimeUp } from '../evidence/reading.ts';
import type { RawFinding, Readings, Rule, Runner } from '../rule.ts';
import type { Topology } from '../topology/model.ts';
import type { Subject } from '../topology/subjects.ts';
import { asksFor } from './needs.ts';
import { weighed } from './weighed.ts';

/** A finding with the rule that made it. */
export interface RuleFinding extends RawFinding {
  readonly rule: Rule;
}

/** A rule that could not look at a subject. */
export interface RuleGap {
  readonly rule: Rule;
  readonly subject: Subject;
  readonly gaps: readonly Gap[];
}

/** What all rules say of one topology, and what they would ask next. */
export interface Evaluation {
  readonly findings: readonly RuleFinding[];
  readonly gaps: readonly RuleGap[];
  readonly asks: readonly Ask[];
  /** Rules that would ask something: what the others said stays. */
  readonly unfinished: readonly Rule[];
  /** Time was up before something was read that a rule looks at. */
  readonly isCut: boolean;
}

/** Runs every rule over a topology. The only place where a rule's readings are opened. */
export function evaluate(rules: readonly Rule[], topology: Topology): Evaluation {
  const findings: RuleFinding[] = [];
  const gaps: RuleGap[] = [];
  const asks: Ask[] = [];
  const unfinished: Rule[] = [];
  let isCut = false;
  const note = (found: readonly Gap[]): void => {
    isCut ||= found.some(isTimeUp);
    for (const ask of asksFor(found)) asks.push(ask);
  };
  for (const rule of rules) {
    const runner: Runner = {
      open<S extends Subject>(subject: S, readings: Readings<S>) {
        const known: Record<string, unknown> = {};
        let missing: Gap[] | undefined;
        for (const key in readings) {
          const reading = readings[key]?.(subject);
          const state = reading && open(reading);
          if (!state) continue;
          if ('known' in state) known[key] = state.known;
          else missing = [...(missing ?? []), ...state.gaps];
        }
        if (missing === undefined) return known;
        note(missing);
        gaps.push({ rule, subject, gaps: missing });
        return undefined;
      },
      openSome<S extends Subject>(subject: S, readings: Readings<S>) {
        const values: Record<string, unknown> = {};
        let complete = true;
        for (const key in readings) {
          const reading = readings[key]?.(subject);
          const state = reading && open(reading);
          if (state && 'known' in state) values[key] = state.known;
          else {
            note(state?.gaps ?? []);
            complete = false;
          }
        }
        return { values, complete };
      },
      found: (finding) => findings.push(weighed({ ...finding, rule })),
    };
    const before = asks.length;
    rule.evaluate(topology, runner);
    if (asks.length > before) unfinished.push(rule);
  }
  return { findings, gaps, asks, unfinished, isCut };
}
