import { cite, citeMetric, derive, type Fact } from '../rule.ts';
import type { BalancingRule, Health, Member } from '../topology/model.ts';

export interface Counts {
  readonly facts: { readonly up: Fact<number>; readonly total: Fact<number> };
  readonly up: readonly Member[];
  readonly down: readonly Member[];
  readonly total: number;
}

/** How many members Azure finds up and down; a member it doesn't mention is neither. */
export function countsOf({ members }: BalancingRule, health: Health): Counts {
  const found = [...health.members];
  const inState = (wanted: string) => found.filter(([, { really }]) => really === wanted).map(([member]) => member);
  const facts = found.map(([, item]) => (item.reason === undefined ? citeMetric(item) : cite(item, 'reason')));
  const up = inState('up');
  return {
    facts: { up: derive(up.length, ...facts), total: derive(members.length) },
    up,
    down: inState('down'),
    total: members.length,
  };
}

export function everyOneIs({ members }: Health, reason: string): boolean {
  return members.size > 0 && [...members.values()].every((item) => item.reason?.toLowerCase() === reason.toLowerCase());
}
