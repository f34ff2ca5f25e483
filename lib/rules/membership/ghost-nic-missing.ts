import { cite, defineRule } from '../../rule.ts';
import { writeBack } from '../../steps/balancer.ts';
import { notice } from '../../steps/looking.ts';
import { refusal } from '../../topology/gone.ts';
import { type MemberSubject, machineMembers } from '../../topology/subjects.ts';
import { mildUnlessServing } from '../serving.ts';
import { absentSymptoms } from '../symptoms.ts';

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
  explains: ['tcp-probe-timeout', ...absentSymptoms],
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
  fix: (_, { member, loadBalancer }) => [
    notice(
      member.instance
        ? `Instance ${member.instance.instanceId} of ${member.instance.scaleSet} left its reference behind. az has no command that takes it out of the pool; the write below makes Azure look at every reference again. If the member stays, only Azure support can remove it`
        : 'az has no command that takes a deleted interface out of a pool; the write below makes Azure look at every reference again. If the member stays, an interface of the same name and group can be made anew and taken out properly, else only Azure support can remove it',
    ),
    ...writeBack(loadBalancer.id),
  ],
});
