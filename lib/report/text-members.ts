import stringWidth from 'string-width';
import type {
  DiagnosedMember,
  Diagnosis,
  Finding,
  HealthState,
  MemberHealth,
} from '../../schemas/diagnosis.generated.ts';
import { inOrder } from '../words/name-order.ts';
import { columns, wrap, wrapLast } from './layout.ts';
import type { Paint } from './paint.ts';
import { memberNames, sortedByName } from './text-names.ts';
import { isIdle } from './text-stopped.ts';
import type { TextStyle } from './text-style.ts';

/** A pool lists this many members in trouble, and this many that are up; of more there is one line. */
const most = { notUp: 20, up: 10 } as const;

export const stateWords = {
  down: { sign: '✗', colour: 'red' },
  unknown: { sign: '?', colour: 'yellow' },
  'not-measured': { sign: '-', colour: 'dim' },
  up: { sign: '✓', colour: 'green' },
} as const satisfies Record<HealthState, { sign: string; colour: keyof Paint }>;
const worstFirst: readonly HealthState[] = ['down', 'unknown', 'not-measured', 'up'];

/** A table a pool: who is in it, what its machine does, and what each balancing rule's probe says of it. */
export function memberLines(
  diagnosis: Diagnosis,
  causes: readonly (readonly Finding[])[],
  style: TextStyle,
): readonly (readonly string[])[] {
  const { members } = diagnosis;
  const names = memberNames(diagnosis);
  const causesBy = (key: string): string =>
    causes.flatMap((group, at) => (group.some(({ affects }) => affects.includes(key)) ? [at + 1] : [])).join(' ');
  const told = sortedByName(members, names).map((member) => ({
    member,
    name: names.get(member.key) ?? member.name,
    cause: causes.length > 1 ? causesBy(member.key) : '',
  }));
  const pools = inOrder([...new Set(members.map(({ pool }) => pool))]);
  return pools.map((pool) =>
    poolLines(
      pool,
      told.filter(({ member }) => member.pool === pool),
      style,
    ),
  );
}

interface ToldMember {
  readonly member: DiagnosedMember;
  readonly name: string;
  /** Numbers of the causes that hit it. */
  readonly cause: string;
}

function poolLines(pool: string, members: readonly ToldMember[], style: TextStyle): readonly string[] {
  const sorted = worstFirst.flatMap((state) => members.filter(({ member }) => worstState(member) === state));
  const isWell = ({ member, cause }: ToldMember) => worstState(member) === 'up' && cause === '';
  const isWaiting = ({ member, cause }: ToldMember) => isIdle(member) && cause === '';
  const unwell = sorted.filter((one) => !isWell(one));
  const notUp = [...unwell.filter((one) => !isWaiting(one)), ...unwell.filter(isWaiting)];
  const up = sorted.filter(isWell);
  const listed = style.verbose
    ? [...notUp, ...up]
    : [...notUp.slice(0, most.notUp), ...(up.length > most.up ? [] : up)];
  const power = alike(members, ({ member }) => member.powerState);
  const admin = alike(members, ({ member }) => member.adminState);
  const head = [
    countText(members),
    ...(power === undefined ? [] : [`all ${power}`]),
    ...(admin === undefined ? [] : [`admin state ${admin} on all`]),
  ];
  const rows = listed.map((one) => cells(one, { power: power === undefined, admin: admin === undefined }, style));
  const titles = [
    '',
    'MEMBER',
    'IP',
    'ZONE',
    power === undefined ? 'POWER' : '',
    admin === undefined ? 'ADMIN' : '',
    'HEALTH',
    'CAUSE',
  ];
  const isUsed = (at: number) => rows.some((row) => row[at] !== '');
  // Colour takes no room, but an empty cell with colour would be no empty cell.
  const titled = titles.map((title, at) => (isUsed(at) ? style.paint.dim(title) : ''));
  const whole = columns([titled, ...rows], '  ');
  const isWide = whole.some((line) => stringWidth(line) > style.width);
  const short = isWide
    ? columns([[...titled.slice(0, -1), isUsed(7) ? style.paint.dim('#') : ''], ...rows], '  ')
    : whole;
  const table = rows.length === 0 ? [] : wrapLast(short, style.width);
  const untoldNotUp = style.verbose ? 0 : Math.max(0, notUp.length - most.notUp);
  return [
    `${style.paint.bold(`POOL ${pool}`)}  ${head.join('; ')}`,
    ...table,
    ...(untoldNotUp === 0 ? [] : [`  … and ${untoldNotUp} more that are not up: --verbose lists them.`]),
    ...(style.verbose || up.length <= most.up
      ? []
      : wrap(
          `${style.paint.green('✓')}  ${up.length}${notUp.length === 0 ? '' : ' more'} up (--verbose lists them)${zonesText(up)}`,
          style.width,
          '  ',
          '     ',
        )),
  ];
}

/** What all members have, when they are several. */
function alike(members: readonly ToldMember[], of: (one: ToldMember) => string | null): string | undefined {
  const [first] = members;
  if (first === undefined || members.length < 2) return undefined;
  const value = of(first);
  return value !== null && members.every((one) => of(one) === value) ? value : undefined;
}

function countText(members: readonly ToldMember[]): string {
  const count = (state: HealthState) => members.filter(({ member }) => worstState(member) === state).length;
  const rest = (['unknown', 'not-measured'] as const).flatMap((state) =>
    count(state) === 0 ? [] : [`${count(state)} ${stateText(state)}`],
  );
  const idle = members.filter(({ member }) => isIdle(member)).length;
  const isMeasured = count('not-measured') < members.length;
  return [
    ...(isMeasured ? [`${count('up')} of ${members.length} up`] : []),
    ...(idle === 0 ? [] : [`${idle} down by design`]),
    ...rest,
  ].join(', ');
}

function zonesText(members: readonly ToldMember[]): string {
  const zones = inOrder([...new Set(members.flatMap(({ member }) => member.zone ?? []))]);
  if (zones.length === 0) return '';
  const count = (zone: string) => members.filter(({ member }) => member.zone === zone).length;
  return `: ${zones.map((zone) => `zone ${zone}: ${count(zone)}`).join(', ')}`;
}

const stateText = (state: HealthState): string => (state === 'not-measured' ? 'not measured' : state);

/** What it is on purpose counts where it is nothing else. */
export function worstState({ health }: Pick<DiagnosedMember, 'health'>): HealthState {
  const meant = health.filter(({ byDesign }) => byDesign === null);
  const counted = meant.length > 0 ? meant : health;
  return worstFirst.find((state) => counted.some((entry) => entry.state === state)) ?? 'not-measured';
}

/** `down, passive`: that is as it should be. */
export const healthWord = ({ state, byDesign }: Pick<MemberHealth, 'state' | 'byDesign'>): string =>
  `${stateText(state)}${byDesign === null ? '' : byDesign === 'passive' ? ', passive' : ', no pod of it'}`;

function cells(
  { member, name, cause }: ToldMember,
  has: { readonly power: boolean; readonly admin: boolean },
  style: TextStyle,
): readonly string[] {
  const { sign, colour } = isIdle(member) && cause === '' ? stateWords['not-measured'] : stateWords[worstState(member)];
  return [
    style.paint[colour](sign),
    name,
    member.ip ?? '-',
    member.zone ?? '',
    has.power ? (member.powerState ?? '') : '',
    has.admin ? (member.adminState ?? '') : '',
    healthText(member.health),
    cause,
  ];
}

/** One word where all balancing rules agree, else what each says. */
export function healthText(health: readonly MemberHealth[]): string {
  const texts = health.map((entry) => {
    const { reason, source } = entry;
    const because = reason === null ? '' : ` (${reason})`;
    return `${healthWord(entry)}${because}${source === 'metric' ? ' by metric' : ''}`;
  });
  const [first] = texts;
  if (first === undefined) return 'not measured (no balancing rule)';
  if (texts.every((text) => text === first)) return first;
  return health.map(({ balancingRule }, at) => `${balancingRule}: ${texts[at]}`).join('; ');
}
