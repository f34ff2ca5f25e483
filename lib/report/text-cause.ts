import type { Citation, Diagnosis, Finding } from '../../schemas/diagnosis.generated.ts';
import { cleanJson } from './clean.ts';
import { shortId, someOf, wrap } from './layout.ts';
import { changeLines, fixLines } from './text-fix.ts';
import type { TextStyle } from './text-style.ts';
import { severityColour } from './words.ts';

/** So many causes and pieces of evidence are told in full; a person on call reads no more. */
const most = { causes: 4, evidence: 4, affected: 8, explained: 5 } as const;

/** One block of lines a cause. Causes of the same rule share a block: four stopped machines are one story. */
export const causeLines = (
  diagnosis: Diagnosis,
  causes: readonly Finding[],
  style: TextStyle,
): readonly (readonly string[])[] => {
  const byRule = new Map<string, readonly Finding[]>();
  for (const cause of causes) byRule.set(cause.rule, [...(byRule.get(cause.rule) ?? []), cause]);
  const groups = style.verbose ? causes.map((cause) => [cause]) : [...byRule.values()];
  const told = style.verbose ? groups : groups.slice(0, most.causes);
  const blocks = told.map((group, at) => groupLines(diagnosis, group, groups.length > 1 ? ` ${at + 1}` : '', style));
  const untold = groups.slice(told.length).flat();
  if (untold.length === 0) return blocks;
  const rest = untold.flatMap(({ message, rule }) => wrap(`${message} (${rule})`, style.width, '  ', '    '));
  return [...blocks, [style.paint.bold('FURTHER CAUSES, in full with --verbose'), ...rest]];
};

const groupLines = (
  diagnosis: Diagnosis,
  [first, ...others]: readonly Finding[],
  number: string,
  style: TextStyle,
): readonly string[] => {
  if (first === undefined) return [];
  const group = [first, ...others];
  const { paint, width } = style;
  const title = first.kind === 'fault' ? 'CAUSE' : 'RISK';
  const grade = paint[severityColour[first.severity]](first.severity);
  const labelled = (label: string, text: string) => wrap(`${label}: ${text}`, width, '  ', '    ');
  return [
    `${paint.bold(`${title}${number}`)}  ${grade}, confidence ${first.confidence}  ${paint.cyan(first.rule)}`,
    ...group.flatMap(({ message }) => wrap(message, width, '  ')),
    ...labelled(
      'On',
      someOf(
        group.map(({ on }) => shortId(on)),
        most.affected,
      ),
    ),
    ...affectedLines(group, style),
    ...explainedLines(diagnosis, group, style),
    ...evidenceLines(first, style),
    ...fixLines(first, style),
    ...others.flatMap((other) => changeLines(other, style)),
  ];
};

const affectedLines = (group: readonly Finding[], style: TextStyle): readonly string[] => {
  const affected = [...new Set(group.flatMap(({ affects }) => affects))];
  if (affected.length === 0) return [];
  return wrap(
    `Affects: ${someOf(affected, style.verbose ? affected.length : most.affected)}`,
    style.width,
    '  ',
    '    ',
  );
};

/** Symptoms are told by rule, with their number, not one by one. */
const explainedLines = ({ findings }: Diagnosis, group: readonly Finding[], style: TextStyle): readonly string[] => {
  const keys = new Set(group.map(({ key }) => key));
  const symptoms = findings.filter(({ explainedBy }) => explainedBy.some((key) => keys.has(key)));
  if (symptoms.length === 0) return [];
  if (style.verbose) return symptoms.flatMap(({ message }) => wrap(`Explains: ${message}`, style.width, '  ', '    '));
  const counts = new Map<string, number>();
  for (const { rule } of symptoms) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const told = [...counts].map(([rule, count]) => (count === 1 ? rule : `${rule} (${count} times)`));
  return wrap(`Explains: ${someOf(told, most.explained)}`, style.width, '  ', '    ');
};

const evidenceLines = ({ evidence }: Finding, style: TextStyle): readonly string[] => {
  if (evidence.length === 0) return [];
  const told = style.verbose ? evidence : evidence.slice(0, most.evidence);
  const lines: string[] = ['  Evidence:'];
  let command: string | undefined;
  for (const citation of told) {
    if (citation.command !== command) lines.push(`    ${citation.command}`);
    command = citation.command;
    lines.push(`      ${style.paint.dim(citationText(citation))}`);
  }
  const untold = evidence.length - told.length;
  return untold === 0 ? lines : [...lines, style.paint.dim(`    and ${untold} more with --verbose`)];
};

const citationText = (citation: Citation): string => {
  if ('error' in citation) return `exit code ${citation.exitCode}: ${citation.error}`;
  if ('absent' in citation) return `${citation.path} is not there`;
  return `${citation.path} = ${cleanJson(citation.value)}`;
};
