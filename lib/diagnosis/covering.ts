import type { BalancingRule, Member } from '../topology/model.ts';
import type { Cover } from '../topology/subjects.ts';

/** What covers what, looked up by balancing rule and member: compared pair by pair it would take the square of both. */
export class Covering<T> {
  readonly #values = new Map<BalancingRule | undefined, Map<Member | undefined, Set<T>>>();

  add({ balancingRule, member }: Cover, value: T): void {
    const ofRule = this.#values.get(balancingRule) ?? new Map<Member | undefined, Set<T>>();
    this.#values.set(balancingRule, ofRule);
    const values = ofRule.get(member) ?? new Set<T>();
    ofRule.set(member, values);
    values.add(value);
  }

  /** Of all whose cover is as wide as this one or wider. */
  over({ balancingRule, member }: Cover): readonly T[] {
    const rules = balancingRule === undefined ? [undefined] : [undefined, balancingRule];
    const members = member === undefined ? [undefined] : [undefined, member];
    return rules.flatMap((rule) => members.flatMap((each) => [...(this.#values.get(rule)?.get(each) ?? [])]));
  }

  has({ balancingRule, member }: Cover): boolean {
    return this.#holds(undefined, member) || (balancingRule !== undefined && this.#holds(balancingRule, member));
  }

  #holds(balancingRule: BalancingRule | undefined, member: Member | undefined): boolean {
    const ofRule = this.#values.get(balancingRule);
    return ofRule !== undefined && (ofRule.has(undefined) || (member !== undefined && ofRule.has(member)));
  }
}

const known = new WeakMap<readonly Cover[], Covering<Cover>>();

/** What a finding covers, to be asked of many members. */
export function coveringOf(covers: readonly Cover[]): Covering<Cover> {
  const found = known.get(covers);
  if (found) return found;
  const made = new Covering<Cover>();
  for (const cover of covers) made.add(cover, cover);
  known.set(covers, made);
  return made;
}
