import type { Change, ChangeWhat } from '../../schemas/comparison.generated.ts';
import { parsePortRange, portRangeContains } from '../network/port-range.ts';
import { type Comparing, type Differences, nothing } from './context.ts';
import type { Description, Thing } from './description.ts';
import { type Grade, harmless, helps, risks, stops } from './grade.ts';
import { fullName, subject, valueText } from './say.ts';
import type { Side } from './side.ts';

/** What is on one side only: added and removed, joined and left, or moved from pool to pool. */
export function changedPresence(comparing: Comparing): Differences {
  const { pairing, left, right, mode } = comparing;
  const isTold = (thing: Thing, own: Side, other: Side): boolean => {
    if (other.description.partial.has(thing.kind)) return false;
    if (thing.parent === undefined) return true;
    // A pool or group that is not there at all is told itself; over time it still counts who joined and left.
    return isPaired(thing.parent, own, comparing) || (thing.kind === 'member' && mode === 'over-time');
  };
  const gone = pairing.leftOnly.filter((thing) => isTold(thing, left, right));
  const come = pairing.rightOnly.filter((thing) => isTold(thing, right, left));
  const moves = mode === 'over-time' ? movesAmong(gone, come) : [];
  const moved = new Set(moves.flat());
  return {
    ...nothing,
    changes: [
      ...moves.map(([before, after]) => moveOf(before, after)),
      ...gone.filter((thing) => !moved.has(thing)).map((thing) => presenceOf(thing, false, comparing)),
      ...come.filter((thing) => !moved.has(thing)).map((thing) => presenceOf(thing, true, comparing)),
    ],
  };
}

function isPaired(key: string, { description }: Side, { pairing, left }: Comparing): boolean {
  if (description === left.description) return pairing.toRight.has(key);
  return pairing.pairs.some(({ right }) => right.key === key);
}

type Move = readonly [before: Thing, after: Thing];

/** Whoever left one pool and joined one other. */
function movesAmong(gone: readonly Thing[], come: readonly Thing[]): readonly Move[] {
  const isSame = (one: Thing, other: Thing) =>
    one.kind === 'member' && other.kind === 'member' && one.identities.some((each) => other.identities.includes(each));
  return gone.flatMap((before): readonly Move[] => {
    const [after, ...more] = come.filter((thing) => isSame(before, thing));
    const others = gone.filter((thing) => after !== undefined && isSame(thing, after));
    return after === undefined || more.length > 0 || others.length > 1 ? [] : [[before, after]];
  });
}

function moveOf(before: Thing, after: Thing): Change {
  return {
    kind: 'member',
    what: 'moved',
    name: before.name,
    within: null,
    field: 'pool',
    before: before.within ?? null,
    after: after.within ?? null,
    ...risks('high'),
    message: `member ${fullName(before)} moved from ${before.within} to ${after.within}`,
  };
}

function presenceOf(thing: Thing, isNew: boolean, { mode, left, right }: Comparing): Change {
  const isMember = thing.kind === 'member';
  const what: ChangeWhat = isMember ? (isNew ? 'joined' : 'left') : isNew ? 'added' : 'removed';
  const side = isNew ? right : left;
  const about = detail(thing);
  const event = isMember
    ? `member ${fullName(thing)} ${what} ${thing.within}${isNew && isDown(thing) ? ', and is down there' : ''}`
    : thing.kind === 'scaleSet'
      ? `scale set ${thing.name} has ${isNew ? 'instances' : 'no instance any more'} in ${thing.within}`
      : `${subject(thing)}${about} was ${what}`;
  return {
    kind: thing.kind,
    what,
    name: thing.name,
    within: thing.parent === undefined ? null : (thing.within ?? null),
    field: null,
    before: null,
    after: null,
    ...gradeOf(thing, isNew, side.description),
    message: mode === 'over-time' ? event : `${subject(thing)}${about} is only in ${side.label}`,
  };
}

const isDown = ({ health }: Thing): boolean => health.some(({ state }) => state === 'down');

function value(thing: Thing, name: string) {
  const field = thing.fields[name];
  return field?.is === 'plain' ? field.value : null;
}
const text = (thing: Thing, name: string): string => valueText(value(thing, name));

function detail(thing: Thing): string {
  if (thing.kind === 'securityGroup') return ` (${thing.within})`;
  if (thing.kind === 'balancingRule') return ` (${text(thing, 'protocol')} ${text(thing, 'frontendPort')})`;
  if (thing.kind !== 'securityRule') return '';
  const way = text(thing, 'direction').toLowerCase() === 'outbound' ? 'out' : 'in';
  return ` (${text(thing, 'access')} ${text(thing, 'protocol')} ${text(thing, 'ports')} ${way} from ${text(thing, 'from')}, priority ${text(thing, 'priority')})`;
}

const removed: Readonly<Record<Exclude<Thing['kind'], 'securityRule'>, Grade>> = {
  loadBalancer: stops('critical'),
  frontend: stops('high'),
  pool: risks('high'),
  probe: risks('low'),
  balancingRule: stops('high'),
  member: risks('high'),
  scaleSet: risks('medium'),
  // A Standard load balancer's members take nothing in without a group that allows it.
  securityGroup: risks('medium'),
  natRule: risks('medium'),
  natPool: risks('medium'),
  outboundRule: risks('high'),
};

function gradeOf(thing: Thing, isNew: boolean, description: Description): Grade {
  if (thing.kind === 'securityRule') return securityGrade(thing, isNew, description);
  if (!isNew) return removed[thing.kind];
  if (thing.kind === 'member') return isDown(thing) ? risks('medium') : helps;
  return thing.kind === 'securityGroup' ? risks('medium') : harmless;
}

function securityGrade(rule: Thing, isNew: boolean, description: Description): Grade {
  const isDeny = text(rule, 'access').toLowerCase() === 'deny';
  const isMilder = isDeny !== isNew;
  if (text(rule, 'direction').toLowerCase() === 'outbound') return isMilder ? harmless : risks('low');
  const isOnTheWay = touches(rule, description);
  if (isMilder) return isDeny && isOnTheWay ? helps : harmless;
  return isOnTheWay ? risks(isDeny ? 'high' : 'medium') : risks('low');
}

/** Whether its ports are those that traffic or probes come to. */
function touches(rule: Thing, { things }: Description): boolean {
  const wanted = things.flatMap((thing) => {
    if (thing.kind === 'probe') return [value(thing, 'port')];
    return thing.kind === 'balancingRule' ? [value(thing, 'backendPort')] : [];
  });
  const ports = value(rule, 'ports');
  const ranges = (Array.isArray(ports) ? ports : []).map((range: string) => parsePortRange(range));
  return wanted.some(
    (port) => port === 0 || ranges.some((range) => range !== null && portRangeContains(range, Number(port))),
  );
}
