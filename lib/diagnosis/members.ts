import { is } from '../azure/words.ts';
import { knownOr } from '../evidence/open.ts';
import { type Idle, idleMembers } from '../topology/active-passive.ts';
import { present } from '../topology/gone.ts';
import type { BalancingRule, Health, Machine, Member, Reachable } from '../topology/model.ts';

/** What is known of one member in one balancing rule. */
export interface MemberState {
  readonly member: Member;
  readonly state: Reachable | 'not-measured';
  readonly reason: string | undefined;
  readonly source: 'platform' | 'metric' | 'none';
  /** Why it gets no traffic of this balancing rule, where that is on purpose. */
  readonly idle: Idle | undefined;
  /** Azure says Up, whatever is so. */
  readonly reportedUp: boolean;
}

export function machineOf(member: Member): Machine | undefined {
  const machine = knownOr(member.machine, undefined);
  return present(machine);
}

/** Where the interface or the machine behind a member is gone, there is nothing that could run. */
export function powerOf(member: Member): string | undefined {
  const isGone = knownOr(member.nic, undefined)?.gone || knownOr(member.machine, undefined)?.gone;
  return isGone ? 'gone' : machineOf(member)?.powerState;
}

/** True where there is certainly nothing that could answer: no interface, no machine, or one that doesn't run. */
export function isDead(member: Member): boolean {
  const nic = knownOr(member.nic, undefined);
  if (nic?.gone) return true;
  if (nic && nic.machineId === undefined && !member.instance) return true;
  const found = knownOr(member.machine, undefined);
  if (found?.gone) return true;
  const power = found?.powerState;
  return power !== undefined && power !== 'running' && power !== 'starting';
}

export function memberStates(rule: BalancingRule): readonly MemberState[] {
  const health = rule.measured ? knownOr<Health, undefined>(rule.health, undefined) : undefined;
  const idle = knownOr<ReadonlyMap<Member, Idle>, undefined>(idleMembers(rule), undefined);
  return rule.members.map((member) => {
    const found = health?.members.get(member);
    const dead = isDead(member);
    const common = {
      member,
      idle: idle?.get(member),
      reason: found?.reason,
      reportedUp: isUp(found?.state, health?.source),
    };
    if (!found || !health) {
      const state = dead ? 'down' : rule.measured ? 'unknown' : 'not-measured';
      return { ...common, state, source: 'none' };
    }
    return { ...common, state: dead ? 'down' : found.really, source: health.source };
  });
}

function isUp(reported: string | undefined, source: Health['source'] | undefined): boolean {
  return source === 'metric' ? reported === '100' : is(reported, 'Up');
}
