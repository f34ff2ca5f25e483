import { idKey } from '../../azure/ids.ts';
import { is } from '../../azure/words.ts';
import { open } from '../../evidence/open.ts';
import { addressFamily } from '../../network/address.ts';
import { accessOf, directionOf, isDefaultRule, plainRuleName } from '../../network/security-rule.ts';
import type { Reversible } from '../../steps/change.ts';
import { addRuleOfGroup } from '../../steps/closing.ts';
import { freeName, freePriority } from '../../steps/security-group.ts';
import { addressOf } from '../../topology/address.ts';
import type { BalancingRule, Member, SecurityGroup } from '../../topology/model.ts';
import { named } from '../../words/name-order.ts';

/** What keeps the clients of a balancing rule from members that are only tried, in one security group. */
export interface Closing {
  readonly rule: BalancingRule;
  readonly groupId: string;
  /** In the order in which they are added. */
  readonly added: readonly Reversible[];
}

export interface Closings {
  readonly closings: readonly Closing[];
  /** Members that no group guards: nothing keeps anybody from them. */
  readonly unguarded: readonly Member[];
  /** Why it can't be done. */
  readonly refused: readonly string[];
}

/** A group sees the backend port alone, whatever the frontend's: members that are tried are told by their addresses. */
export function closingsOf(rules: readonly BalancingRule[], members: readonly Member[]): Closings {
  const groups = new Map<string, { readonly group: SecurityGroup; readonly members: Member[] }>();
  const unguarded: Member[] = [];
  for (const member of members) {
    const state = open(member.configuredFilter);
    const filter = 'known' in state ? state.known : undefined;
    const group = filter?.subnetGroup ?? filter?.nicGroup;
    if (group === undefined) unguarded.push(member);
    else {
      const key = idKey(group.id);
      groups.set(key, { group, members: [...(groups.get(key)?.members ?? []), member] });
    }
  }
  const made = [...groups.values()].map((each) => closingsIn(each.group, each.members, rules));
  return {
    closings: made.flatMap(({ closings }) => closings),
    unguarded,
    refused: made.flatMap(({ refused }) => refused),
  };
}

function closingsIn(
  group: SecurityGroup,
  members: readonly Member[],
  rules: readonly BalancingRule[],
): Pick<Closings, 'closings' | 'refused'> {
  const own = group.rules.filter((rule) => directionOf(rule) === 'Inbound' && !isDefaultRule(rule));
  const priorities = own.map(({ priority }) => priority);
  const names = group.rules.map(plainRuleName);
  const addresses = members.flatMap((member) => addressOf(member) ?? []);
  // Before whatever lets anybody in.
  const firstAllow = Math.min(4097, ...own.filter((rule) => accessOf(rule) !== 'Deny').map(({ priority }) => priority));
  const closings: Closing[] = [];
  for (const rule of rules) {
    const wanted = closingRules(rule, addresses);
    const added: Reversible[] = [];
    let before = firstAllow;
    for (const { access, name: wantedName, port, protocol, source, why, hurts } of wanted) {
      const priority = freePriority(before, priorities);
      if (priority === null) {
        return {
          closings: [],
          refused: [
            `no priority is free in ${group.name} before ${before} for a rule that keeps clients from ${named(members.map(({ name }) => name))} until they are healthy`,
          ],
        };
      }
      const name = freeName(wantedName, names);
      names.push(name);
      priorities.push(priority);
      before = priority;
      const what = { groupId: group.id, name, priority, access, protocol, source, destinations: addresses, port };
      added.push(addRuleOfGroup(what, why, hurts));
    }
    // Who probes is let in before anybody is kept out.
    closings.push({ rule, groupId: group.id, added: added.toReversed() });
  }
  return { closings, refused: [] };
}

interface ClosingRule {
  readonly access: 'Allow' | 'Deny';
  readonly name: string;
  readonly protocol: 'Tcp' | 'Udp';
  readonly source: string;
  readonly port: number;
  readonly why: string;
  readonly hurts: string | null;
}

/** The one with the greater priority number first: the other comes before it. */
function closingRules(rule: BalancingRule, addresses: readonly string[]): readonly ClosingRule[] {
  const { frontend, backendPort, frontendPort, probe, protocol } = rule;
  const port = backendPort ?? frontendPort;
  const isPublic = frontend?.kind === 'public';
  const told = plainName(rule.name);
  const deny: ClosingRule = {
    access: 'Deny',
    name: `Deny-Clients-${told}`.slice(0, 80),
    protocol: is(protocol, 'Udp') ? 'Udp' : 'Tcp',
    source: isPublic ? 'Internet' : 'VirtualNetwork',
    port,
    why: `Keep ${isPublic ? 'the internet' : 'the virtual network'} from port ${port} of ${named(addresses)}`,
    hurts: `Whoever reaches port ${port} of these addresses now is shut out until the swap, inbound NAT included.`,
  };
  // VirtualNetwork holds the address that probes come from (service tags overview), Internet does not.
  const holdsProbe =
    !isPublic && probe?.port === port && deny.protocol === 'Tcp' && addresses.some((one) => addressFamily(one) === 4);
  if (!holdsProbe || probe === undefined) return [deny];
  const allow: ClosingRule = {
    ...deny,
    access: 'Allow',
    name: `Allow-Probe-${told}`.slice(0, 80),
    source: 'AzureLoadBalancer',
    port: probe.port,
    why: `Let Azure's probe in to port ${probe.port} of ${named(addresses)}`,
    hurts: null,
  };
  return [deny, allow];
}

/** Security rules are called by letters, digits, `.`, `_` and `-`, and end with no `.` or `-`. */
function plainName(name: string): string {
  return name
    .replaceAll(/[^\w.-]/g, '_')
    .slice(0, 60)
    .replace(/[.-]+$/, '');
}
