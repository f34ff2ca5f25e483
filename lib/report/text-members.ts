import type { DiagnosedMember, Diagnosis, HealthState, MemberHealth } from '../../schemas/diagnosis.generated.ts';
import { columns } from './layout.ts';
import type { Paint } from './paint.ts';
import type { TextStyle } from './text-style.ts';

/** A pool lists this many members; the ones in trouble come first. */
const mostMembers = 20;

export const stateWords = {
  down: { sign: '✗', colour: 'red' },
  unknown: { sign: '?', colour: 'yellow' },
  'not-measured': { sign: '-', colour: 'dim' },
  up: { sign: '✓', colour: 'green' },
} as const satisfies Record<HealthState, { sign: string; colour: keyof Paint }>;
const worstFirst: readonly HealthState[] = ['down', 'unknown', 'not-measured', 'up'];

/** A table a pool: who is in it, what its machine does, and what each balancing rule's probe says of it. */
export const memberLines = ({ members }: Diagnosis, style: TextStyle): readonly string[] => {
  const pools = [...new Set(members.map(({ pool }) => pool))];
  return pools.flatMap((pool, at) => {
    const lines = poolLines(
      pool,
      members.filter((member) => member.pool === pool),
      style,
    );
    return at === 0 ? lines : ['', ...lines];
  });
};

const poolLines = (pool: string, members: readonly DiagnosedMember[], style: TextStyle): readonly string[] => {
  const sorted = worstFirst.flatMap((state) => members.filter((member) => worstState(member) === state));
  const told = style.verbose ? sorted : sorted.slice(0, mostMembers);
  const counts = worstFirst.flatMap((state) => {
    const count = members.filter((member) => worstState(member) === state).length;
    return count === 0 ? [] : `${count} ${stateText(state)}`;
  });
  const head = ['', 'NAME', 'IP', 'ZONE', 'POWER', 'ADMIN', 'HEALTH'].map((cell) => style.paint.dim(cell));
  const untold = sorted.slice(told.length);
  const more = untold.length === 0 ? [] : [`  … and ${untold.length} more, ${restText(untold)}: --verbose lists them.`];
  return [
    `${style.paint.bold(`POOL ${pool}`)}  ${counts.join(', ')}`,
    ...columns([head, ...told.map((member) => cells(member, style))], '  '),
    ...more,
  ];
};

const restText = (members: readonly DiagnosedMember[]): string => {
  const states = worstFirst.filter((state) => members.some((member) => worstState(member) === state));
  return states.length === 1 ? `all ${states.map(stateText).join()}` : states.map(stateText).join(' or ');
};

export const stateText = (state: HealthState): string => (state === 'not-measured' ? 'not measured' : state);

export const worstState = ({ health }: Pick<DiagnosedMember, 'health'>): HealthState =>
  worstFirst.find((state) => health.some((entry) => entry.state === state)) ?? 'not-measured';

const cells = (member: DiagnosedMember, style: TextStyle): readonly string[] => {
  const { sign, colour } = stateWords[worstState(member)];
  return [
    style.paint[colour](sign),
    member.name,
    member.ip ?? '-',
    member.zone ?? '-',
    member.powerState ?? '-',
    member.adminState ?? '-',
    healthText(member.health),
  ];
};

/** One word where all balancing rules agree, else what each says. */
export const healthText = (health: readonly MemberHealth[]): string => {
  const texts = health.map(({ state, reason, source }) => {
    const because = reason === null ? '' : ` (${reason})`;
    return `${stateText(state)}${because}${source === 'metric' ? ' by metric' : ''}`;
  });
  const [first] = texts;
  if (first === undefined) return 'not measured (no balancing rule)';
  if (texts.every((text) => text === first)) return first;
  return health.map(({ balancingRule }, at) => `${balancingRule}: ${texts[at]}`).join('; ');
};
