import type { Change, NotCompared } from '../../schemas/comparison.generated.ts';
import { idKey, parseId } from '../azure/ids.ts';
import { bySeverity } from '../diagnosis/order.ts';
import type { Comparing, Differences } from './context.ts';
import { byText, type DescribedFinding } from './description.ts';
import { type Grade, harmless, helps, risks, stops } from './grade.ts';

/** Findings that appeared, went, or weigh otherwise. */
export function changedFindings(comparing: Comparing): Differences {
  const { left, right } = comparing;
  const rights = new Map<string, DescribedFinding[]>();
  for (const finding of sorted(right.description.findings)) {
    const place = placeOf(finding, comparing, 'right');
    rights.set(place, [...(rights.get(place) ?? []), finding]);
  }
  const changes: Change[] = [];
  const notCompared: NotCompared[] = [];
  for (const finding of sorted(left.description.findings)) {
    const other = rights.get(placeOf(finding, comparing, 'left'))?.shift();
    if (other !== undefined) changes.push(...regraded(finding, other, comparing));
    else if (right.description.undecided.has(finding.rule)) notCompared.push(undecided(finding, 'right'));
    else changes.push(cameOrWent(finding, false, comparing));
  }
  for (const finding of [...rights.values()].flat()) {
    if (left.description.undecided.has(finding.rule)) notCompared.push(undecided(finding, 'left'));
    else changes.push(cameOrWent(finding, true, comparing));
  }
  return { changes, namedDifferently: [], notCompared };
}

const sorted = (findings: readonly DescribedFinding[]): readonly DescribedFinding[] =>
  [...findings].sort((one, other) => bySeverity(one.severity, other.severity) || byText(one.key, other.key));

/** The same for a finding of the same rule about the same thing, whatever that is called. */
function placeOf({ rule, on }: DescribedFinding, { mode, left, right, pairing }: Comparing, side: 'left' | 'right') {
  const id = idKey(on);
  if (mode === 'over-time') return `${rule} ${id}`;
  const key = (side === 'left' ? left : right).description.byId.get(id);
  if (key === undefined) return `${rule} ${parseId(on)?.type.toLowerCase() ?? ''}`;
  return `${rule} ${side === 'right' ? key : (pairing.toRight.get(key) ?? `left ${key}`)}`;
}

const undecided = ({ rule, message }: DescribedFinding, side: 'left' | 'right'): NotCompared => ({
  about: `finding ${rule}: ${message}`,
  side,
  because: 'what the rule needs could not be read',
});

const grades = {
  fault: (severity: DescribedFinding['severity']) => stops(severity),
  risk: (severity: DescribedFinding['severity']) => risks(severity),
  advice: (severity: DescribedFinding['severity']): Grade => ({ ...harmless, severity }),
} as const;

const common = (finding: DescribedFinding, other = finding) =>
  ({
    kind: 'finding',
    name: finding.rule,
    within: finding.on,
    before: finding.severity,
    after: other.severity,
  }) as const;

function cameOrWent(finding: DescribedFinding, isNew: boolean, { mode, left, right }: Comparing): Change {
  const where =
    mode === 'over-time' ? (isNew ? 'now found' : 'no longer found') : `found only in ${(isNew ? right : left).label}`;
  return {
    ...common(finding),
    what: isNew ? 'appeared' : 'went',
    field: null,
    before: isNew ? null : finding.severity,
    after: isNew ? finding.severity : null,
    ...(isNew ? grades[finding.kind](finding.severity) : helps),
    message: `${where}: ${finding.message} (${finding.rule})`,
  };
}

function regraded(one: DescribedFinding, other: DescribedFinding, { mode }: Comparing): readonly Change[] {
  if (one.severity === other.severity) return [];
  const isWorse = bySeverity(other.severity, one.severity) < 0;
  return [
    {
      ...common(one, other),
      what: 'changed',
      field: 'severity',
      ...(isWorse ? grades[other.kind](other.severity) : helps),
      message:
        mode === 'over-time'
          ? `${isWorse ? 'worse' : 'milder'}, now ${other.severity}, was ${one.severity}: ${other.message} (${one.rule})`
          : `${one.severity} here, ${other.severity} there: ${other.message} (${one.rule})`,
    },
  ];
}
