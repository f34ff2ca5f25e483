import type { Reversible } from './change.ts';
import { listed, ruleCommand } from './security-group.ts';
import { nameOf, option } from './where.ts';

/** A security rule about some addresses that a group guards. */
export interface RuleOfGroup {
  readonly groupId: string;
  readonly name: string;
  readonly priority: number;
  readonly access: 'Allow' | 'Deny';
  readonly protocol: 'Tcp' | 'Udp';
  /** A service tag. */
  readonly source: string;
  /** Addresses of its members: nobody else is touched. */
  readonly destinations: readonly string[];
  readonly port: number;
}

/** In the words of a plan: `why` is what it is for. */
export function addRuleOfGroup(rule: RuleOfGroup, why: string, disruptive: string | null): Reversible {
  const group = nameOf(rule.groupId);
  return {
    title: `${why} by ${rule.name} in ${group}`,
    argv: [
      ...ruleCommand('create', rule.groupId, rule.name),
      ...[option('priority', rule.priority), option('direction', 'Inbound'), option('access', rule.access)],
      ...[option('protocol', rule.protocol), option('source-address-prefixes', rule.source)],
      ...listed('destination-address-prefixes', rule.destinations),
      option('destination-port-ranges', rule.port),
    ],
    disruptive,
    undo: { title: `Delete ${rule.name} from ${group} again`, argv: ruleCommand('delete', rule.groupId, rule.name) },
  };
}
