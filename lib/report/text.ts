import type { Diagnosis, Finding } from '../../schemas/diagnosis.generated.ts';
import { isMinor } from '../diagnosis/order.ts';
import { byName } from '../words/name-order.ts';
import { cleanAll } from './clean.ts';
import { wrap } from './layout.ts';
import { paint } from './paint.ts';
import { balancingRuleLines } from './text-balancing-rules.ts';
import { callsLine } from './text-calls.ts';
import { causeLines } from './text-cause.ts';
import { expectationLines } from './text-expectation.ts';
import { numberedFacts } from './text-facts.ts';
import { gapLines } from './text-gaps.ts';
import { headLines, type ToldFindings, tellsWhatItDoes } from './text-head.ts';
import { memberLines } from './text-members.ts';
import { riskLines } from './text-risk.ts';
import type { TextOptions, TextStyle } from './text-style.ts';
import { severityColour } from './words.ts';

/** So many causes are told in full; a person on call reads no more. */
const mostCauses = 4;

/** A diagnosis for someone who was woken up: verdict and cause, what to type, then the rest. */
export function diagnosisText(raw: Diagnosis, options: TextOptions): string {
  const diagnosis = cleanAll(raw);
  const style = { ...options, paint: paint(options.colour) };
  const { others, ...told } = toldOf(diagnosis, style);
  const full = style.verbose ? told.causes : told.causes.slice(0, mostCauses);
  const { lines: facts, see } = numberedFacts(diagnosis, full, style);
  const sections = [
    headLines(diagnosis, told, style),
    expectationLines(diagnosis, style),
    ...full.map((group, at) =>
      causeLines(diagnosis, { group, at, of: told.causes.length, facts: facts[at] ?? [] }, style),
    ),
    furtherLines(told.causes.slice(full.length).flat(), style),
    ...told.risks.map((risk) => riskLines(risk, diagnosis, style)),
    otherLines(others, style),
    balancingRuleLines(diagnosis, style),
    ...memberLines(diagnosis, told.causes, style),
    seeLines(see, full, style),
    [
      ...gapLines(diagnosis, style),
      // One of several has no calls of its own: they are told once, of all.
      ...(diagnosis.calls.length === 0 && style.exitCode === undefined
        ? []
        : wrap(callsLine(diagnosis, style.exitCode), style.width).map(style.paint.dim)),
    ],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** What has a block with its fix, what has two lines, and what has one. */
function toldOf(diagnosis: Diagnosis, style: TextStyle): ToldFindings & { readonly others: readonly Finding[] } {
  const { causes, findings, verdict } = diagnosis;
  const named = causes.flatMap((key) => findings.find((finding) => finding.key === key) ?? []);
  // Advice explains nothing and need not be among the causes.
  const unexplained = findings.filter(({ key, explainedBy }) => explainedBy.length === 0 && !causes.includes(key));
  const serious = named.filter((finding) => finding.kind === 'fault' || (finding.kind === 'risk' && !isMinor(finding)));
  const faults = serious.filter(({ kind }) => kind === 'fault');
  // A risk is told in full where it is the verdict.
  const isVerdict = verdict === 'at-risk' || (faults.length === 0 && verdict !== 'ok');
  const inFull = isVerdict || style.verbose ? serious : faults;
  const risks = serious.filter((finding) => !inFull.includes(finding));
  return {
    causes: style.verbose ? inFull.map((finding) => [finding]) : grouped(inFull),
    risks,
    others: [...named.filter((finding) => !serious.includes(finding)), ...unexplained].filter(
      (finding) => serious.length > 0 || !tellsWhatItDoes(finding),
    ),
  };
}

/** Causes of one rule are one story: four stopped machines. */
function grouped(causes: readonly Finding[]): readonly (readonly Finding[])[] {
  const byRule = new Map<string, readonly Finding[]>();
  for (const cause of causes) byRule.set(cause.rule, [...(byRule.get(cause.rule) ?? []), cause]);
  return [...byRule.values()].map((group) => [...group].sort((one, other) => byName(one.on, other.on)));
}

const lineOf = ({ severity, kind, rule, message }: Finding, style: TextStyle): readonly string[] =>
  wrap(
    `${style.paint[severityColour[severity]](`${severity} ${kind}`)}  ${message} (${rule})`,
    style.width,
    '  ',
    '    ',
  );

const furtherLines = (findings: readonly Finding[], style: TextStyle): readonly string[] =>
  findings.length === 0
    ? []
    : [
        style.paint.bold('FURTHER CAUSES, in full with --verbose'),
        ...findings.flatMap((finding) => lineOf(finding, style)),
      ];

function otherLines(findings: readonly Finding[], style: TextStyle): readonly string[] {
  if (findings.length === 0) return [];
  const told = style.verbose ? findings : findings.filter((finding) => !isMinor(finding));
  const untold = findings.length - told.length;
  const rest = style.paint.dim(`${untold} of low severity: --verbose lists ${untold === 1 ? 'it' : 'them'}.`);
  if (told.length === 0) return [`${style.paint.bold('ALSO SEEN')}  ${rest}`];
  return [
    style.paint.bold('ALSO SEEN'),
    ...told.flatMap((finding) => lineOf(finding, style)),
    ...(untold === 0 ? [] : [`  ${rest}`]),
  ];
}

function seeLines(
  see: readonly string[],
  groups: readonly (readonly Finding[])[],
  style: TextStyle,
): readonly string[] {
  const docs = [...new Set(groups.flat().flatMap(({ docs: page }) => page ?? []))];
  if (see.length + docs.length === 0) return [];
  return [style.paint.bold('SEE IT YOURSELF'), ...see, ...docs.map((page) => style.paint.dim(`  More: ${page}`))];
}
