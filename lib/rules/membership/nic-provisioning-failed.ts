import { is } from '../../azure/words.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { lookAtNic, notice } from '../../steps/looking.ts';
import { writeNicBack } from '../../steps/nic.ts';
import { isThere } from '../../topology/gone.ts';
import { everyMember, type MemberSubject } from '../../topology/subjects.ts';
import { counted } from '../../words/counted.ts';
import { named } from '../../words/name-order.ts';
import { poolsIn } from '../together.ts';

/** Done, or still at it. */
export default defineRule({
  id: 'nic-provisioning-failed',
  layer: 'control-plane',
  kind: 'risk',
  severity: 'medium',
  title: "The last change of a member's interface did not go through",
  why: 'What az prints of this interface is what was wanted; what is in force may be older, security group and pools included.',
  docs: 'https://learn.microsoft.com/azure/networking/troubleshoot-failed-state',
  about: everyMember,
  needs: { nic: ({ member }: MemberSubject) => member.nic },
  check: (_, { nic }) => {
    if (!isThere(nic) || nic.provisioningState === undefined) return undefined;
    if (is(nic.provisioningState, 'Succeeded', 'Updating', 'Creating')) return undefined;
    return { on: nic.id, facts: { state: cite(nic, 'provisioningState') }, detail: nic };
  },
  message: ({ state }, { member }, nic) => `${nic.name}, in ${member.pool.name}, has provisioning state ${state}.`,
  fix: (_, { member, loadBalancer }, nic) =>
    member.instance
      ? [
          notice(
            `An instance's interface can't be written: bring instance ${member.instance.instanceId} of ${member.instance.scaleSet} to the model again`,
          ),
        ]
      : [lookAtNic(nic.id), ...writeNicBack({ nicId: nic.id, loadBalancerId: loadBalancer.id })],
  together: {
    by: ({ values: { state } }) => state?.toLowerCase(),
    message: (all) => {
      const [
        {
          values: { state },
        },
      ] = all;
      const nics = all.map(({ detail }) => detail.name);
      return `${counted(new Set(nics).size, 'interface')} in ${poolsIn(all)} have provisioning state ${state}: ${named(nics)}.`;
    },
  },
});
