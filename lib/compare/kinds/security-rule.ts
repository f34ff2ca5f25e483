import { lastSegment } from '../../azure/ids.ts';
import { parsePortRange, portRangeContains } from '../../network/port-range.ts';
import { directionOf, isDefaultRule } from '../../network/security-rule.ts';
import type { SecurityGroup, SecurityRule } from '../../topology/model.ts';
import { type Description, keyFor, type Plain, plainOf, set, type Thing } from '../description.ts';
import { row } from '../field.ts';
import { type Grade, harmless, helps, risks, says } from '../grade.ts';
import { guardsIn, keyOfGroup } from '../guards.ts';
import { defineKind, type Own } from '../kind.ts';
import { isAnyUnread } from '../unread.ts';
import { valueText } from '../value-text.ts';

interface RuleOfGroup {
  readonly group: SecurityGroup;
  readonly rule: SecurityRule;
}

/** One value, several, or application security groups: Azure has a field for each. */
const joined = (
  one: string | null | undefined,
  more: readonly string[] | null | undefined,
  groups?: readonly { readonly id: string }[] | null,
): readonly string[] =>
  set([
    ...(one === null || one === undefined || one === '' ? [] : [one]),
    ...(more ?? []),
    ...(groups ?? []).map(({ id }) => `group ${lastSegment(id)}`),
  ]);

const portsOf = (rule: SecurityRule) => joined(rule.destinationPortRange, rule.destinationPortRanges);
const sourcesOf = (rule: SecurityRule) =>
  joined(rule.sourceAddressPrefix, rule.sourceAddressPrefixes, rule.sourceApplicationSecurityGroups);
const destinationsOf = (rule: SecurityRule) =>
  joined(rule.destinationAddressPrefix, rule.destinationAddressPrefixes, rule.destinationApplicationSecurityGroups);

function thingOf({ group, rule }: RuleOfGroup): Own {
  const { name, access, protocol, priority } = rule;
  const direction = directionOf(rule);
  const ports = portsOf(rule);
  const does = `${direction} ${access} ${protocol} ${ports.join(' ')}`.toLowerCase();
  const way = direction === 'Outbound' ? 'out' : 'in';
  const from = valueText(sourcesOf(rule));
  return {
    key: keyFor('securityRule', keyOfGroup(group), direction, name),
    name,
    detail: `${access} ${protocol} ${valueText(ports)} ${way} from ${from}, priority ${priority}`,
    parent: keyOfGroup(group),
    within: group.name,
    roles: [`${does} ${priority}`, does, `${direction} ${priority}`],
  };
}

const presenceGrade =
  (isNew: boolean) =>
  (thing: Thing, description: Description): Grade => {
    const isDeny = says(plainOf(thing, 'access'), 'Deny');
    const isMilder = isDeny !== isNew;
    if (says(plainOf(thing, 'direction'), 'Outbound')) return isMilder ? harmless : risks('low');
    const isOnTheWay = touches(plainOf(thing, 'ports'), description);
    if (isMilder) return isDeny && isOnTheWay ? helps : harmless;
    return isOnTheWay ? risks(isDeny ? 'high' : 'medium') : risks('low');
  };

/** Whether the ports are among those that traffic or probes come to. */
function touches(ports: Plain, { ports: wanted }: Description): boolean {
  const ranges = (Array.isArray(ports) ? ports : []).map((range: string) => parsePortRange(range));
  return wanted.some((port) => port === 0 || ranges.some((range) => range !== null && portRangeContains(range, port)));
}

/** The rules of the security groups on the members' way in. */
export const securityRule = defineKind<RuleOfGroup>('securityRule', {
  noun: 'security rule',
  isToldWithin: true,
  gone: presenceGrade(false),
  come: presenceGrade(true),
  isPartial: isAnyUnread(({ configuredFilter }) => configuredFilter),
  all: ({ loadBalancer }) =>
    guardsIn(loadBalancer).flatMap(({ group }) =>
      group.rules.filter((rule) => !isDefaultRule(rule)).map((rule) => ({ group, rule })),
    ),
  thing: thingOf,
  fields: {
    direction: row('direction', risks('medium'), ({ rule }) => directionOf(rule)),
    access: row(
      'access',
      (_, after) => (says(after, 'Deny') ? risks('high') : helps),
      ({ rule }) => rule.access,
    ),
    priority: row('priority', risks('medium'), ({ rule }) => rule.priority),
    protocol: row('protocol', risks('medium'), ({ rule }) => rule.protocol),
    ports: row('ports', risks('medium'), ({ rule }) => portsOf(rule)),
    from: row('source', risks('medium'), ({ rule }) => sourcesOf(rule)),
    fromPorts: row('source ports', risks('medium'), ({ rule }) => joined(rule.sourcePortRange, rule.sourcePortRanges)),
    to: row('destination', risks('medium'), ({ rule }) => destinationsOf(rule)),
  },
});
