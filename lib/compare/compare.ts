import type {
  Change,
  ComparedSide,
  Comparison,
  ComparisonMode,
  NamedDifferently,
  NotCompared,
} from '../../schemas/comparison.generated.ts';
import { sameId, sameName } from '../azure/ids.ts';
import { is } from '../azure/words.ts';
import { bySeverity } from '../diagnosis/order.ts';
import { version } from '../version.ts';
import { changedFields } from './changed-fields.ts';
import { changedFindings } from './changed-findings.ts';
import { changedHealth } from './changed-health.ts';
import { changedPresence } from './changed-presence.ts';
import { all, type Comparing, type Differences, nothing } from './context.ts';
import { byText, withinOf } from './description.ts';
import { risksInOrder } from './grade.ts';
import { allKinds } from './kinds.ts';
import { NotComparable } from './not-comparable.ts';
import { type Pair, pairUp } from './pair.ts';
import { subject } from './say.ts';
import type { Side } from './side.ts';

/** What differs from the left side to the right one, gravest first. Throws NotComparable for two of different kinds. */
export function compare(left: Side, right: Side): Comparison {
  const mode = modeOf(left, right);
  refuseUnlike(left, right);
  const comparing: Comparing = {
    mode,
    left,
    right,
    pairing: pairUp(left.description, right.description, mode),
  };
  const found = all([
    ...comparing.pairing.pairs.flatMap((pair) => [
      ...changedFields(pair, comparing),
      changedHealth(pair, comparing),
      changedName(pair, mode),
    ]),
    changedPresence(comparing),
    changedFindings(comparing),
  ]);
  const changes = [...found.changes].sort(byGravity);
  return {
    schemaVersion: 1,
    azlb: version,
    mode,
    left: comparedSide(left),
    right: comparedSide(right),
    same: changes.length === 0,
    worst: changes[0]?.severity ?? null,
    summary: summary(changes, found.notCompared),
    changes,
    namedDifferently: distinct<NamedDifferently>(found.namedDifferently),
    notCompared: distinct<NotCompared>(found.notCompared),
  };
}

function modeOf(left: Side, right: Side): ComparisonMode {
  if (!sameId(left.description.id, right.description.id)) return 'between-load-balancers';
  return left.pool?.toLowerCase() === right.pool?.toLowerCase() ? 'over-time' : 'between-pools';
}

/** Between what a Global, a Gateway and a regional load balancer do there is nothing to compare. */
function refuseUnlike(left: Side, right: Side): void {
  const sort = ({ sku, tier }: Side): string => {
    if (is(tier, 'Global')) return 'Global';
    return is(sku, 'Gateway') ? 'Gateway' : 'regional';
  };
  const [one, other] = [sort(left), sort(right)];
  if (one === other) return;
  throw new NotComparable(
    `${left.label} is a ${one} load balancer and ${right.label} a ${other} one: they can't be compared.`,
  );
}

function changedName({ left, right }: Pair, mode: ComparisonMode): Differences {
  if (sameName(left.name, right.name)) return nothing;
  if (mode !== 'over-time') {
    return {
      ...nothing,
      namedDifferently: [{ kind: left.kind, field: 'name', left: left.name, right: right.name }],
    };
  }
  const change: Change = {
    kind: left.kind,
    what: 'renamed',
    name: left.name,
    within: withinOf(left),
    field: null,
    before: left.name,
    after: right.name,
    risk: 'harmless',
    severity: 'info',
    message: `${subject(left)} was made anew as ${right.name}`,
  };
  return { ...nothing, changes: [change] };
}

/** What follows from other changes: health, counts, verdicts, findings. */
const isConsequence = ({ kind, field }: Change): boolean =>
  kind === 'finding' || field === 'health' || field === 'healthy' || field === 'verdict';

function byGravity(one: Change, other: Change): number {
  const kindOf = ({ kind: own }: Change) =>
    own === 'finding' ? allKinds.length : allKinds.findIndex(({ kind }) => kind === own);
  return (
    bySeverity(one.severity, other.severity) ||
    Number(isConsequence(one)) - Number(isConsequence(other)) ||
    risksInOrder.indexOf(one.risk) - risksInOrder.indexOf(other.risk) ||
    kindOf(one) - kindOf(other) ||
    byText(one.message, other.message)
  );
}

const distinct = <T>(list: readonly T[]): readonly T[] => [
  ...new Map([...list].map((item) => [JSON.stringify(item), item] as const).sort(([a], [b]) => byText(a, b))).values(),
];

function summary(changes: readonly Change[], notCompared: readonly NotCompared[]): string {
  const gaps = notCompared.length === 0 ? '' : `; ${notCompared.length} could not be compared`;
  const [first, ...more] = changes;
  if (first === undefined) return `Nothing differs${gaps}.`;
  // What happened, then what came of it.
  const event = changes.find((change) => !isConsequence(change) && change.risk !== 'harmless');
  const result = changes.find(({ field }) => field === 'healthy') ?? changes.find(({ field }) => field === 'health');
  const news = [event, result].filter((change) => change !== undefined);
  const told = (news.length > 0 ? news : [first]).map(({ message }) => message.replace(/\.$/, ''));
  const count = more.length === 0 ? '1 change' : `${more.length + 1} changes`;
  return `${count}, worst ${first.severity}: ${told.join('; ')}${gaps}.`;
}

function comparedSide({ label, description, pool, recording, collectedAt, verdict }: Side): ComparedSide {
  const { id, name, resourceGroup, subscriptionId } = description;
  return { label, id, name, resourceGroup, subscriptionId, pool, recording, collectedAt, verdict };
}
