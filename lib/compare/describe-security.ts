import { idKey, lastSegment } from '../azure/ids.ts';
import { knownOr } from '../evidence/open.ts';
import { directionOf, isDefaultRule } from '../network/security-rule.ts';
import type { LoadBalancer, SecurityGroup, SecurityRule } from '../topology/model.ts';
import { keyFor, plain, set, type Thing } from './description.ts';

interface Guard {
  readonly group: SecurityGroup;
  readonly where: Set<'subnet' | 'interface'>;
  readonly guarded: Set<string>;
}

/** The security groups on the members' way in, as configured, with their rules; each group once. */
export function describeSecurity(lb: LoadBalancer): readonly Thing[] {
  const guards = new Map<string, Guard>();
  for (const member of lb.pools.flatMap(({ members }) => members)) {
    const filter = knownOr(member.configuredFilter, undefined);
    const note = (group: SecurityGroup | undefined, where: 'subnet' | 'interface'): void => {
      if (group === undefined) return;
      const guard = guards.get(idKey(group.id)) ?? { group, where: new Set(), guarded: new Set() };
      guard.where.add(where);
      guard.guarded.add(member.key);
      guards.set(idKey(group.id), guard);
    };
    note(filter?.subnetGroup, 'subnet');
    note(filter?.nicGroup, 'interface');
  }
  return [...guards.values()].flatMap(({ group, where, guarded }) => {
    const thing = describeGroup(group, [...where].sort().join(' and '), guarded.size);
    const rules = group.rules.filter((rule) => !isDefaultRule(rule));
    return [thing, ...rules.map((rule) => describeSecurityRule(rule, thing))];
  });
}

function describeGroup(group: SecurityGroup, where: string, count: number): Thing {
  return {
    kind: 'securityGroup',
    key: keyFor('securityGroup', group.id),
    name: group.name,
    alias: undefined,
    id: group.id,
    parent: undefined,
    within: `${count === 1 ? 'of 1 member' : `of ${count} members`}, by their ${where}`,
    identities: [`security group ${idKey(group.id)}`],
    roles: [`${where} ${count}`, where],
    health: [],
    fields: {},
  };
}

type Ends = Pick<
  SecurityRule,
  | 'sourceAddressPrefix'
  | 'sourceAddressPrefixes'
  | 'sourceApplicationSecurityGroups'
  | 'destinationAddressPrefix'
  | 'destinationAddressPrefixes'
  | 'destinationApplicationSecurityGroups'
>;

const joined = (
  one: string | null | undefined,
  more: readonly string[] | null | undefined,
  groups: readonly { readonly id: string }[] | null | undefined = [],
): readonly string[] => [
  ...(one === null || one === undefined || one === '' ? [] : [one]),
  ...(more ?? []),
  ...(groups ?? []).map(({ id }) => `group ${lastSegment(id)}`),
];

const from = (ends: Ends) =>
  joined(ends.sourceAddressPrefix, ends.sourceAddressPrefixes, ends.sourceApplicationSecurityGroups);
const to = (ends: Ends) =>
  joined(ends.destinationAddressPrefix, ends.destinationAddressPrefixes, ends.destinationApplicationSecurityGroups);

function describeSecurityRule(rule: SecurityRule, group: Thing): Thing {
  const direction = directionOf(rule);
  const ports = joined(rule.destinationPortRange, rule.destinationPortRanges);
  const does = `${direction} ${rule.access} ${rule.protocol} ${[...ports].sort().join(' ')}`.toLowerCase();
  return {
    kind: 'securityRule',
    key: keyFor('securityRule', group.key, direction, rule.name),
    name: rule.name,
    alias: undefined,
    id: undefined,
    parent: group.key,
    within: group.name,
    identities: [],
    roles: [`${does} ${rule.priority}`, does, `${direction} ${rule.priority}`],
    health: [],
    fields: {
      direction: plain(direction),
      access: plain(rule.access),
      priority: plain(rule.priority),
      protocol: plain(rule.protocol),
      ports: set(ports),
      from: set(from(rule)),
      fromPorts: set(joined(rule.sourcePortRange, rule.sourcePortRanges)),
      to: set(to(rule)),
    },
  };
}
