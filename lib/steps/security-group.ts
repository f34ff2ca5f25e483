import { guarded } from './change.ts';
import { backup, lookAtSecurityGroup, notice } from './looking.ts';
import type { Step } from './step.ts';
import { nameOf, option, within } from './where.ts';

const firstPriority = 100;
const lastPriority = 4096;

export interface InboundOpening {
  readonly loadBalancerId: string;
  readonly groupId: string;
  /** The name the new rule should have. */
  readonly name: string;
  readonly protocol: 'Tcp' | 'Udp' | '*';
  /** Service tags or prefixes. */
  readonly sources: readonly string[];
  /** Any, where it isn't said. */
  readonly destination?: string | undefined;
  readonly ports: readonly (number | string)[];
  /** So many free priorities before the deny are for other rules. */
  readonly skip?: number;
  /** Of the rule that denies now: the new one must come before it. */
  readonly denyPriority: number;
  /** Of the group's inbound rules. */
  readonly takenPriorities: readonly number[];
  /** Of all its rules: `nsg rule create` over an existing name replaces that rule without a word (az 2.91). */
  readonly takenNames: readonly string[];
}

/** A rule before the one that denies; only a notice where there is no room before it. */
export function allowInbound(opening: InboundOpening): Step[] {
  const { groupId, loadBalancerId } = opening;
  const group = nameOf(groupId);
  const priority = freePriority(opening.denyPriority, opening.takenPriorities, opening.skip);
  if (priority === null) {
    return [
      lookAtSecurityGroup(groupId),
      notice(`No priority is free in ${group} before ${opening.denyPriority}: the rule that denies must move first`),
    ];
  }
  const name = freeName(opening.name, opening.takenNames);
  return guarded(
    loadBalancerId,
    [
      {
        title: `Allow ${opening.sources.join(', ')} to port ${opening.ports.join(', ')} in ${group}`,
        argv: [
          ...ruleCommand('create', groupId, name),
          ...[option('priority', priority), option('direction', 'Inbound'), option('access', 'Allow')],
          option('protocol', opening.protocol),
          ...listed('source-address-prefixes', opening.sources),
          ...(opening.destination === undefined ? [] : [option('destination-address-prefixes', opening.destination)]),
          ...listed('destination-port-ranges', opening.ports),
        ],
        disruptive: `Opens this for every machine that ${group} guards.`,
        undo: { title: `Delete ${name} again`, argv: ruleCommand('delete', groupId, name) },
      },
    ],
    groupBackup(groupId),
  );
}

/** The last free one before the deny, so that the new rule overrules as few others as can be; null when there is none. */
export function freePriority(denyPriority: number, taken: readonly number[], skip = 0): number | null {
  const used = new Set(taken);
  let left = skip;
  for (let priority = Math.min(denyPriority - 1, lastPriority); priority >= firstPriority; priority--) {
    if (!used.has(priority) && left-- === 0) return priority;
  }
  return null;
}

export function freeName(wanted: string, taken: readonly string[]): string {
  const used = new Set(taken.map((name) => name.slice(name.lastIndexOf('/') + 1).toLowerCase()));
  let name = wanted;
  for (let number = 2; used.has(name.toLowerCase()); number++) name = `${wanted}-${number}`;
  return name;
}

interface RuleLists {
  readonly sources?: readonly string[];
  readonly ports?: readonly (number | string)[];
}

/** Replaces a security rule's sources or destination ports; the lists are whole, the new and the old. */
export function changeSecurityRule(change: {
  readonly loadBalancerId: string;
  readonly groupId: string;
  readonly name: string;
  readonly to: RuleLists;
  readonly from: RuleLists;
}): Step[] {
  const { loadBalancerId, groupId, name, to, from } = change;
  const write = ({ sources, ports }: RuleLists): readonly string[] => [
    ...ruleCommand('update', groupId, name),
    ...(sources === undefined ? [] : listed('source-address-prefixes', sources)),
    ...(ports === undefined ? [] : listed('destination-port-ranges', ports)),
  ];
  const said = ({ sources, ports }: RuleLists) =>
    [sources && `from ${sources.join(', ')}`, ports && `to port ${ports.join(', ')}`].filter(Boolean).join(' ');
  const disruptive = `Concerns every machine that ${nameOf(groupId)} guards.`;
  return guarded(
    loadBalancerId,
    [
      {
        title: `Let ${name} speak of traffic ${said(to)}`,
        argv: write(to),
        disruptive,
        undo: { title: `Let it speak of traffic ${said(from)} again`, argv: write(from), disruptive },
      },
    ],
    groupBackup(groupId),
  );
}

export function ruleCommand(verb: 'create' | 'update' | 'delete', groupId: string, name: string): readonly string[] {
  return [
    'network',
    'nsg',
    'rule',
    verb,
    ...within(groupId),
    option('nsg-name', nameOf(groupId)),
    option('name', name),
  ];
}

function groupBackup(groupId: string): readonly Step[] {
  return [backup(groupId)];
}

// A list can't be given as --option=value; prefixes, tags and ports never begin with "-".
export function listed(name: string, values: readonly (number | string)[]): readonly string[] {
  return values.length === 1 ? [option(name, values[0] ?? '')] : [`--${name}`, ...values.map(String)];
}
