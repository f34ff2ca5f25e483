import type { Members, MembersOfLoadBalancer, ShownMember } from '../../schemas/members.generated.ts';
import { byName } from '../words/name-order.ts';
import { findingLines } from './diagnoses-text.ts';
import { columns } from './layout.ts';
import type { Report } from './render.ts';
import { healthText, stateWords, worstState } from './text-members.ts';
import type { TextOptions, TextStyle } from './text-style.ts';
import { headLine, notReadLines, viewText } from './view-text.ts';

export const membersReport = (value: Members, options: TextOptions): Report => ({
  value,
  rows: () =>
    value.loadBalancers.flatMap(({ loadBalancer, members }) =>
      inNaturalOrder(members).map((each) => row(loadBalancer.name, each)),
    ),
  text: () => viewText(value, options, ({ loadBalancers }, style) => loadBalancers.map((each) => lines(each, style))),
});

const row = (loadBalancer: string, member: ShownMember): unknown => ({
  LoadBalancer: loadBalancer,
  Pool: member.pool,
  Name: member.name,
  Nic: member.nicName,
  Machine: member.machineName,
  Address: member.address,
  Zone: member.zone,
  Power: member.powerState,
  Admin: member.adminState,
  State: worstState(member),
  Health: healthText(member.health),
});

/** Pool by pool as they come, in each by name. */
function inNaturalOrder(members: readonly ShownMember[]): readonly ShownMember[] {
  const pools = [...new Set(members.map(({ pool }) => pool))];
  return pools.flatMap((pool) =>
    members
      .filter((member) => member.pool === pool)
      .sort((one, other) => byName(one.machineName ?? one.name, other.machineName ?? other.name)),
  );
}

const heads = ['', 'POOL', 'NAME', 'NIC', 'MACHINE', 'ADDRESS', 'ZONE', 'POWER', 'ADMIN', 'HEALTH'];

const lines = (
  { loadBalancer, members, findings, notRead }: MembersOfLoadBalancer,
  style: TextStyle,
): readonly string[] => [
  headLine(loadBalancer, style),
  ...(members.length === 0
    ? ['  No pool has a member.']
    : columns([heads.map(style.paint.dim), ...inNaturalOrder(members).map((member) => cells(member, style))], '  ')),
  ...findings.flatMap((finding) => findingLines(finding, style)),
  ...notReadLines(notRead, style),
];

function cells(member: ShownMember, { paint }: TextStyle): readonly string[] {
  const { sign, colour } = stateWords[worstState(member)];
  return [
    paint[colour](sign),
    member.pool,
    member.name,
    member.nicName ?? '-',
    member.machineName ?? '-',
    member.address ?? '-',
    member.zone ?? '-',
    member.powerState ?? '-',
    member.adminState ?? '-',
    healthText(member.health),
  ];
}
