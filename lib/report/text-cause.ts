import type { Diagnosis, Finding } from '../../schemas/diagnosis.generated.ts';
import { counted } from '../words/counted.ts';
import { shortId, someOf, wrap, wrapLast } from './layout.ts';
import { changeLines, fixLines } from './text-fix.ts';
import { listed, memberNames } from './text-names.ts';
import type { TextStyle } from './text-style.ts';
import { severityColour } from './words.ts';

const most = { affected: 8, explained: 5 } as const;

export interface Cause {
  /** Findings of one rule. */
  readonly group: readonly Finding[];
  readonly at: number;
  readonly of: number;
  readonly facts: readonly string[];
}

/** A cause in full: on what, whom it affects, the facts, the fix. What it says stands at the top already. */
export function causeLines(diagnosis: Diagnosis, { group, at, of, facts }: Cause, style: TextStyle): readonly string[] {
  const [first, ...others] = group;
  if (first === undefined) return [];
  const { paint } = style;
  const title = first.kind === 'fault' ? 'CAUSE' : 'RISK';
  const number = of > 1 ? ` ${at + 1} of ${of}` : '';
  const grade = paint[severityColour[first.severity]](first.severity);
  const members = membersOf(group, diagnosis);
  const count = of > 1 && members.length > 0 ? `  ${counted(members.length, 'member')}` : '';
  return [
    ...wrapLast(
      [
        `${paint.bold(`${title}${number}`)}  ${grade}, confidence ${first.confidence}  ${paint.cyan(first.rule)}${count}`,
      ],
      style.width,
    ),
    // With one cause the top has it whole; of many it has some.
    ...(at < 4 ? [] : group.flatMap(({ message }) => wrap(message, style.width, '  '))),
    ...labelled(
      'On',
      listed(
        group.map(({ on }) => shortId(on)),
        most.affected,
      ),
      style,
    ),
    ...labelled('Affects', affectedText(group, diagnosis, style), style),
    ...explainedLines(diagnosis, group, style),
    ...facts,
    ...fixLines(first, style),
    ...others.flatMap((other) => changeLines(other, style)),
  ];
}

const labelled = (label: string, text: string, { width }: TextStyle): readonly string[] =>
  text === '' ? [] : wrap(text, width, `  ${label.padEnd(10)}`, ' '.repeat(12));

function membersOf(group: readonly Finding[], diagnosis: Diagnosis): readonly string[] {
  const names = memberNames(diagnosis);
  return [...new Set(group.flatMap(({ affects }) => affects.flatMap((key) => names.get(key) ?? [])))];
}

function affectedText(group: readonly Finding[], diagnosis: Diagnosis, style: TextStyle): string {
  const names = memberNames(diagnosis);
  const rules = group.flatMap(({ affects }) => affects.filter((key) => !names.has(key)));
  const limit = style.verbose ? Number.POSITIVE_INFINITY : most.affected;
  return [listed(rules, limit), listed(membersOf(group, diagnosis), limit)].filter((text) => text !== '').join(', ');
}

/** Symptoms are told by rule, with their number, not one by one. */
function explainedLines({ findings }: Diagnosis, group: readonly Finding[], style: TextStyle): readonly string[] {
  const keys = new Set(group.map(({ key }) => key));
  const symptoms = findings.filter(({ explainedBy }) => explainedBy.some((key) => keys.has(key)));
  if (style.verbose) return symptoms.flatMap(({ message }) => labelled('Explains', message, style));
  const counts = new Map<string, number>();
  for (const { rule } of symptoms) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const told = [...counts].map(([rule, count]) => (count === 1 ? rule : `${rule} (${count} times)`));
  return labelled('Explains', someOf(told, most.explained), style);
}
