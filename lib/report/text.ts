import type { Diagnosis, Finding } from '../../schemas/diagnosis.generated.ts';
import { cleanAll } from './clean.ts';
import { plural, wrap } from './layout.ts';
import { paint } from './paint.ts';
import { balancingRuleLines } from './text-balancing-rules.ts';
import { callsLine } from './text-calls.ts';
import { causeLines } from './text-cause.ts';
import { expectationLines } from './text-expectation.ts';
import { gapLines, shortReason } from './text-gaps.ts';
import { memberLines } from './text-members.ts';
import type { TextOptions, TextStyle } from './text-style.ts';
import { severityColour, verdictWords } from './words.ts';

/** A diagnosis for someone who was woken up: verdict and first cause, what to type, then the rest. */
export const diagnosisText = (raw: Diagnosis, options: TextOptions): string => {
  const diagnosis = cleanAll(raw);
  const style = { ...options, paint: paint(options.colour) };
  const { told, others } = causesOf(diagnosis, style.verbose);
  const sections = [
    headLines(diagnosis, style),
    expectationLines(diagnosis, style),
    ...causeLines(diagnosis, told, style),
    otherLines(others, style),
    balancingRuleLines(diagnosis, style),
    memberLines(diagnosis, style),
    gapLines(diagnosis.notEvaluated, style),
    // One of several has none of its own: they are told once, of all.
    diagnosis.calls.length === 0 ? [] : [style.paint.dim(callsLine(diagnosis))],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
};

/** More causes than these are told in full only when something is broken by them, or with --verbose. */
const fullyTold = 4;

/** The causes that are told in full, with their fix, and what else nothing explains, a line each. */
const causesOf = (
  { causes, findings }: Diagnosis,
  verbose: boolean,
): { readonly told: readonly Finding[]; readonly others: readonly Finding[] } => {
  const named = causes.flatMap((key) => findings.find((finding) => finding.key === key) ?? []);
  // Advice explains nothing and need not be among the causes.
  const unexplained = findings.filter(({ key, explainedBy }) => explainedBy.length === 0 && !causes.includes(key));
  const isSmall = ({ severity }: Finding) => severity === 'low' || severity === 'info';
  const told = named.filter(
    (finding, at) => finding.kind === 'fault' || (!isSmall(finding) && (verbose || at < fullyTold)),
  );
  return { told, others: [...named.filter((finding) => !told.includes(finding)), ...unexplained] };
};

const headLines = (diagnosis: Diagnosis, style: TextStyle): readonly string[] => {
  const { sign, word, meaning, colour } = verdictWords[diagnosis.verdict];
  const { name, resourceGroup, location, sku, tier, owner, subscriptionId } = diagnosis.loadBalancer;
  const first = diagnosis.findings.find(({ key }) => key === diagnosis.causes[0]);
  const isBalancing = diagnosis.balancingRules.length > 0 || diagnosis.verdict !== 'ok';
  const title = style.paint.bold(style.paint[colour](`${sign} ${word}`));
  const kind = [sku, tier === 'Regional' ? null : tier].filter((part) => part !== null).join(' ');
  const where = [`group ${resourceGroup}`, location, kind, owner === 'user' ? null : `owned by ${owner}`]
    .filter((part) => part !== null && part !== '')
    .join(', ');
  const because =
    first !== undefined && diagnosis.verdict !== 'ok'
      ? first.message
      : (gapSentence(diagnosis) ?? doesSentence(diagnosis));
  return [
    ...wrap(
      `${title}  ${style.paint.bold(name)}: ${isBalancing ? meaning : 'it balances nothing'}.`,
      style.width,
      '',
      '  ',
    ),
    ...(because === null ? [] : wrap(because, style.width, '  ')),
    ...wrap(style.paint.dim(`${where}, subscription ${subscriptionId}`), style.width, '  '),
  ];
};

const gapSentence = ({ verdict, notEvaluated }: Diagnosis): string | null => {
  const [first] = notEvaluated;
  if (verdict !== 'unknown' || first === undefined) return null;
  return `${plural(notEvaluated.length, 'question')} could not be decided; the first: ${shortReason(first.because)}`;
};

/** What a load balancer without balancing rules does instead. */
const doesSentence = ({ verdict, findings }: Diagnosis): string | null =>
  verdict === 'ok' ? (findings.find(({ rule }) => rule === 'balances-nothing')?.message ?? null) : null;

const otherLines = (findings: readonly Finding[], style: TextStyle): readonly string[] => {
  if (findings.length === 0) return [];
  const isSmall = ({ severity }: Finding) => severity === 'low' || severity === 'info';
  const told = style.verbose ? findings : findings.filter((finding) => !isSmall(finding));
  const untold = findings.length - told.length;
  return [
    style.paint.bold('ALSO SEEN'),
    ...told.flatMap(({ severity, kind, rule, message }) =>
      wrap(
        `${style.paint[severityColour[severity]](`${severity} ${kind}`)}  ${message} (${rule})`,
        style.width,
        '  ',
        '    ',
      ),
    ),
    ...(untold === 0 ? [] : [style.paint.dim(`  ${untold} of low severity: --verbose lists them.`)]),
  ];
};
