import { hasReason } from '../azure/reasons.ts';
import { is } from '../azure/words.ts';
import { cite, citeMetric, derive, type Fact } from '../evidence/fact.ts';
import type { Idle } from '../topology/active-passive.ts';
import type { BalancingRule, Health, Member } from '../topology/model.ts';

export interface Counts {
  readonly facts: { readonly up: Fact<number>; readonly down: Fact<number> };
  readonly up: readonly Member[];
  readonly down: readonly Member[];
  /** Down, or left out by Azure: its machine is off or its interface gone. A member missing in a metric may be anything. */
  readonly lost: readonly Member[];
  /** Without those that get no traffic on purpose. */
  readonly total: number;
}

/** How many members Azure finds up and down; of the others nothing is known. */
export function countsOf({ members: all }: BalancingRule, health: Health, idle: ReadonlyMap<Member, Idle>): Counts {
  const members = all.filter((member) => !idle.has(member));
  const inState = (wanted: string) => members.filter((member) => health.members.get(member)?.really === wanted);
  const { counts } = health;
  const citations = [...health.members.values()].flatMap((item): readonly Fact<unknown>[] => {
    if (item.reason !== undefined) return [cite(item, 'reason')];
    return counts ? [cite(counts, 'up'), cite(counts, 'down')] : [citeMetric(item)];
  });
  const up = inState('up');
  const down = inState('down');
  const isLost = (member: Member) =>
    down.includes(member) || (health.source === 'platform' && !health.members.has(member));
  return {
    facts: { up: derive(up.length, ...citations), down: derive(down.length, ...citations) },
    up,
    down,
    lost: members.filter(isLost),
    total: members.length,
  };
}

/** Taken out by an administrator: that is no symptom of anything. A metric doesn't tell, the load balancer itself does. */
export function isDrained(member: Member, health: Health): boolean {
  return is(member.adminState, 'Down') || hasReason(health.members.get(member), 'Down_Admin');
}
