import type { Change, ComparedSide, Comparison } from '../../schemas/comparison.generated.ts';
import { counted } from '../words/counted.ts';
import { cleanAll } from './clean.ts';
import { columns, shortId, someOf, wrap } from './layout.ts';
import { type Paint, paint } from './paint.ts';
import type { Report } from './render.ts';
import { shortReason } from './text-gaps.ts';
import type { TextOptions, TextStyle } from './text-style.ts';
import { severityColour, verdictWords } from './words.ts';

/** What differs, ready for every output format. */
export const comparisonReport = (value: Comparison, options: TextOptions): Report => ({
  value,
  rows: () => value.changes.map(changeRow),
  text: () => comparisonText(cleanAll(value), options),
});

const changeRow = ({ severity, risk, kind, what, name, within, field, before, after, message }: Change): unknown => ({
  Severity: severity,
  Risk: risk,
  Kind: kind,
  What: what,
  Name: name,
  Within: within === null ? null : shortId(within),
  Field: field,
  Before: before,
  After: after,
  Message: message,
});

const riskWords = {
  'stops-traffic': { word: 'stops traffic', colour: 'red' },
  risk: { word: 'risk', colour: 'yellow' },
  harmless: { word: 'harmless', colour: 'dim' },
  helps: { word: 'helps', colour: 'green' },
} as const satisfies Record<Change['risk'], { word: string; colour: keyof Paint }>;

/** The summary, what happened gravest first, findings, and what could not be looked at. */
function comparisonText(comparison: Comparison, options: TextOptions): string {
  const style = { ...options, paint: paint(options.colour) };
  const { changes, namedDifferently, notCompared } = comparison;
  const sections = [
    headLines(comparison, style),
    changeLines(
      'CHANGES',
      changes.filter(({ kind }) => kind !== 'finding'),
      style,
    ),
    changeLines(
      'FINDINGS',
      changes.filter(({ kind }) => kind === 'finding'),
      style,
    ),
    namedLines(namedDifferently, style),
    gapLines(notCompared, style),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headLines({ left, right, same, summary, worst }: Comparison, style: TextStyle): readonly string[] {
  const { bold, dim, green } = style.paint;
  const title = same ? green('= SAME') : style.paint[worst === null ? 'dim' : severityColour[worst]]('≠ DIFFERENT');
  return [
    ...wrap(`${bold(title)}  ${summary}`, style.width, '', '  '),
    ...columns([sideCells('left', left), sideCells('right', right)], '  ').map(dim),
  ];
}

const sideCells = (which: string, side: ComparedSide): readonly string[] => [
  which,
  side.label,
  side.pool === null ? '' : `pool of ${side.name}`,
  verdictWords[side.verdict].word,
  side.collectedAt,
];

/** The gravest are told one by one; of what harms nothing the many are counted. */
const mostHarmless = 12;

function changeLines(title: string, changes: readonly Change[], style: TextStyle): readonly string[] {
  if (changes.length === 0) return [];
  const isMinor = ({ severity, risk }: Change) => severity === 'info' && risk !== 'stops-traffic';
  const minor = changes.filter(isMinor);
  const told = style.verbose || minor.length <= mostHarmless ? changes : changes.filter((change) => !isMinor(change));
  const untold = changes.length - told.length;
  return [
    style.paint.bold(title),
    ...told.flatMap(({ severity, risk, message }) => {
      const { word, colour } = riskWords[risk];
      // What helps weighs nothing.
      const grade = risk === 'helps' || risk === 'harmless' ? word : `${severity} ${word}`;
      return wrap(`${style.paint[colour](grade)}  ${message}`, style.width, '  ', '    ');
    }),
    ...(untold === 0 ? [] : [style.paint.dim(`  and ${counted(untold, 'harmless change')}: --verbose lists them.`)]),
  ];
}

function namedLines(named: Comparison['namedDifferently'], style: TextStyle): readonly string[] {
  if (named.length === 0) return [];
  if (!style.verbose) {
    const things = [...new Set(named.map(({ kind }) => kind))];
    return [
      style.paint.dim(
        `Only named or placed differently: ${counted(named.length, 'thing')} (${someOf(things, 4)}); --verbose lists them.`,
      ),
    ];
  }
  return [
    style.paint.bold('ONLY NAMED OR PLACED DIFFERENTLY'),
    ...columns(
      named.map(({ kind, field, left, right }) => [kind, field, left ?? '-', right ?? '-']),
      '  ',
    ),
  ];
}

function gapLines(gaps: Comparison['notCompared'], style: TextStyle): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { about, side, because } of gaps) {
    const reason = `${side === 'both' ? 'On both sides' : `On the ${side}`}: ${style.verbose ? because : shortReason(because)}`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), about]);
  }
  if (byReason.size === 0) return [];
  return [
    style.paint.bold('NOT COMPARED'),
    ...[...byReason].flatMap(([reason, about]) => [
      ...wrap(`? ${reason}`, style.width, '  ', '    '),
      ...wrap(`So nothing is said of: ${someOf(about, style.verbose ? about.length : 4)}.`, style.width, '    '),
    ]),
  ];
}
