import type { Evidence } from '../../evidence/evidence.ts';
import { Reading } from '../../evidence/reading.ts';
import { type EgressChange, egressChanges, type Suppose, wayOutSaid } from '../../topology/egress.ts';
import type { LoadBalancer } from '../../topology/model.ts';
import { named } from '../../words/name-order.ts';
import { joiningBy } from './joining.ts';
import { type Going, leavingBy } from './leaving.ts';
import { type Guarded, unguarded, type Writing } from './writing.ts';

/** What a plan's changes do to the connections that its members make themselves. */
export function egressGuard(
  writing: readonly Writing[],
  loadBalancer: LoadBalancer,
  evidence: Evidence,
): Reading<Guarded> {
  const moving = writing.flatMap(({ id, step }) => {
    if (step.kind !== 'change') return [];
    const all = [leavingBy(step.argv, loadBalancer), joiningBy(step.argv, evidence)];
    return all.flatMap((moves) => (moves === undefined ? [] : [{ id, step, moves }]));
  });
  return Reading.all(
    moving.map(({ id, step, moves }) =>
      moves
        .andThen(({ members, suppose }) => egressSaid(members, suppose, id))
        .map(({ notices, disruptive }) => ({ step, notices, disruptive })),
    ),
  ).map((found) => ({
    ...unguarded,
    notices: found.flatMap(({ notices }) => notices),
    said: new Map(found.flatMap(({ step, disruptive }) => (disruptive === null ? [] : [[step, disruptive] as const]))),
  }));
}

interface EgressSaid {
  /** What to know before it is done. */
  readonly notices: readonly string[];
  /** What it takes away; null where everybody keeps a way out. */
  readonly disruptive: string | null;
}

/** What it does to these members' ways out when `step` makes of their pools what `suppose` says; nothing where all stays. */
function egressSaid(members: readonly Going[], suppose: Suppose, step: string): Reading<EgressSaid> {
  return Reading.all(
    members.map((member) =>
      egressChanges(member, suppose).map((changes) => changes.map((change) => ({ ...change, name: member.name }))),
    ),
  ).map((all) => {
    const changes = all.flat();
    const alike = new Map<string, (EgressChange & { readonly name: string })[]>();
    for (const change of changes) {
      const key = `${change.family} ${wayOutSaid(change.before)} ${wayOutSaid(change.after)}`;
      alike.set(key, [...(alike.get(key) ?? []), change]);
    }
    const lost = changes.filter(({ after }) => after.by === 'none').map(({ name }) => name);
    return {
      notices: [...alike.values()].flatMap((group) => noticeOf(group, step)),
      disruptive: lost.length === 0 ? null : `Takes away the only way out to the internet of ${named(lost)}.`,
    };
  });
}

function noticeOf(group: readonly (EgressChange & { readonly name: string })[], step: string): readonly string[] {
  const [first] = group;
  if (first === undefined) return [];
  const { family, before, after } = first;
  const who = named(group.map(({ name }) => name));
  const where = `${family === 6 ? 'IPv6 ' : ''}connections of ${who} to the internet leave ${wayOutSaid(before)}`;
  return after.by === 'none'
    ? [
        `Give another way out first, such as a NAT gateway on the subnet, or make sure that none is needed: the ${where}, and after ${step} ${wayOutSaid(after)}`,
      ]
    : [
        `See who admits them by their address: the ${where}, and after ${step} ${wayOutSaid(after)}, from another address`,
      ];
}
