import { is } from '../../azure/words.ts';
import { isDead, memberStates, powerOf } from '../../diagnosis/members.ts';
import { open } from '../../evidence/open.ts';
import { Reading } from '../../evidence/reading.ts';
import { clientFlow, filterOfClients, pathThrough, pathTo, probeFlow } from '../../topology/inbound.ts';
import type { BalancingRule, InboundFilter, Member, Pool } from '../../topology/model.ts';
import { isTakenOut } from '../../topology/taken-out.ts';

/** Whether a member could serve a balancing rule that does not send to it yet; why not, where that is known already. */
export interface Able {
  readonly member: Member;
  readonly against: string | undefined;
}

/** What must be read to tell. */
export function ableReading(member: Member, rule: BalancingRule): Reading<Able> {
  return member.machine.andThen(() => {
    const against = withoutGroups(member);
    if (against !== undefined) return Reading.known({ member, against });
    return filterOfClients(member, rule).andThen((filter) => throughGroups(member, rule, filter));
  });
}

function withoutGroups(member: Member): string | undefined {
  if (isDead(member)) return `its machine is ${powerOf(member) ?? 'not there'}`;
  if (isTakenOut(member)) return 'its admin state is Down';
  return is(member.adminState, 'Up') ? 'its admin state is Up, whether it answers or not' : undefined;
}

function throughGroups(member: Member, rule: BalancingRule, filter: InboundFilter): Reading<Able> {
  const { admission } = pathThrough(filter, member, clientFlow(rule));
  const { frontend, probe } = rule;
  // A Standard load balancer's public frontend reaches no machine that no group guards.
  if (!admission.guarded && frontend?.kind === 'public') {
    return Reading.known({ member, against: 'no security group lets clients in' });
  }
  // What lets some in is meant so.
  const shut = admission.stages.find(({ access, certain, partial }) => {
    return access === 'Deny' && certain && partial.length === 0;
  });
  if (admission.certain && shut) return Reading.known({ member, against: keeps(shut.rule, 'clients') });
  if (probe === undefined) return Reading.known({ member, against: undefined });
  return pathTo(member, probeFlow(probe)).map(({ admission: { access, certain, deniedBy } }) => ({
    member,
    against: access === 'Deny' && certain ? keeps(deniedBy?.rule, "Azure's probe") : undefined,
  }));
}

function keeps(rule: { readonly groupName: string; readonly name: string } | null | undefined, whom: string): string {
  return rule ? `${rule.name} of ${rule.groupName} keeps ${whom} out` : `a security group keeps ${whom} out`;
}

/** A balancing rule that sends to the pool now and asks the same probe: by it the pool's health is known already. */
export function measuredBy({ balancingRules }: Pool, { probe }: BalancingRule): BalancingRule | undefined {
  if (probe === undefined) return undefined;
  return balancingRules.find((rule) => rule.probe === probe && rule.measured && 'known' in open(rule.health));
}

/** How many of the pool answer that probe, of those that count. */
export function upIn(pool: Pool, rule: BalancingRule, counts: (member: Member) => boolean = () => true): number {
  return memberStates(rule).filter(({ member, state }) => member.pool === pool && state === 'up' && counts(member))
    .length;
}
