import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { writeBack } from '../../steps/balancer.ts';
import { notice } from '../../steps/looking.ts';
import type { Step } from '../../steps/step.ts';
import { refusal } from '../../topology/gone.ts';
import type { LoadBalancer } from '../../topology/model.ts';
import { type MemberSubject, machineMembers } from '../../topology/subjects.ts';
import { counted } from '../../words/counted.ts';
import { mildUnlessServing } from '../serving.ts';
import { memberCount, membersIn, poolsIn } from '../together.ts';

// The network interface itself is gone. One that exists and has no machine behind it is ghost-nic-unattached: that one
// can be taken out of the pool, this one can't.
export default defineRule({
  id: 'ghost-nic-missing',
  layer: 'existence',
  kind: 'fault',
  severity: 'high',
  severityIfAll: 'critical',
  title: "A member's network interface does not exist",
  why: 'The pool refers to a network interface that Azure no longer has: a member that never answers, left behind by a deletion.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/backend-pool-management',
  explains: ['tcp-probe-timeout', 'health-missing-members', 'member-down'],
  about: machineMembers,
  needs: { nic: ({ member }: MemberSubject) => member.nic },
  check: ({ member }, { nic }) => {
    if (!nic?.gone) return undefined;
    return {
      ...mildUnlessServing(member),
      facts: { reference: cite(member.networkInterfaceIPConfiguration, 'id'), refused: refusal(nic) },
      detail: undefined,
    };
  },
  message: (_, { member }) =>
    `${member.name} is a member of ${member.pool.name}, and its network interface does not exist.`,
  fix: (_, { member: { instance }, loadBalancer }) =>
    takeOut(
      loadBalancer,
      instance && `Instance ${instance.instanceId} of ${instance.scaleSet} left its reference behind`,
    ),
  together: {
    by: ({ subject: { member } }) => member.instance?.scaleSet ?? 'interface',
    message: (all) =>
      `${counted(memberCount(all), 'member')} of ${poolsIn(all)} have a network interface that does not exist: ${membersIn(all)}.`,
    fix: (all) => {
      const [{ subject }] = all;
      const { scaleSet } = subject.member.instance ?? {};
      return takeOut(subject.loadBalancer, scaleSet && `Instances of ${scaleSet} left their references behind`);
    },
  },
});

function takeOut({ id }: LoadBalancer, instances: string | undefined): readonly Step[] {
  return [
    notice(
      instances === undefined
        ? 'az has no command that takes a deleted interface out of a pool; the write below makes Azure look at every reference again. If the member stays, an interface of the same name and group can be made anew and taken out properly, else only Azure support can remove it'
        : `${instances}. az has no command that takes them out of the pool; the write below makes Azure look at every reference again. If a member stays, only Azure support can remove it`,
    ),
    ...writeBack(id),
  ];
}
