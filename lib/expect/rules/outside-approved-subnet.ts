import { lastSegment } from '../../azure/ids.ts';
import { cite } from '../../evidence/fact.ts';
import { ruleOf } from '../../rule.ts';
import { leavePool } from '../../steps/leave-pool.ts';
import { checkWithTriage, lookAtNic, notice } from '../../steps/looking.ts';
import type { Member, Topology } from '../../topology/model.ts';
import type { ExpectationOf } from '../match.ts';
import { subnetReference } from '../membership.ts';
import { isSubnet, list } from '../naming.ts';
import { type ExpectedPoolSubject, expectedPools, ownerNamed, stated } from '../subjects.ts';

interface ExpectedMemberSubject extends ExpectedPoolSubject {
  readonly member: Member;
}

const membersOf = (of: ExpectationOf) => (topology: Topology) =>
  expectedPools(of)(topology)
    .filter(({ expected }) => expected.approvedSubnets !== undefined)
    .flatMap((subject): readonly ExpectedMemberSubject[] =>
      subject.pool.members.map((member) => ({
        ...subject,
        on: { id: member.nicId ?? subject.pool.id },
        covers: [{ member }],
        member,
      })),
    );

export default (of: ExpectationOf) =>
  ruleOf({
    id: 'outside-approved-subnet',
    layer: 'existence',
    kind: 'risk',
    severity: 'medium',
    title: 'A member is in a subnet that is not approved',
    why: 'Who is in the pool gets traffic from outside. The security rules and routes of another subnet were not looked at with that in mind.',
    docs: 'https://learn.microsoft.com/azure/load-balancer/backend-pool-management',
    about: membersOf(of),
    needs: { configuration: ({ member }: ExpectedMemberSubject) => member.ipConfiguration },
    check: ({ expectation, expected: { approvedSubnets }, member }, { configuration }) => {
      const subnet = subnetReference(member, configuration);
      if (approvedSubnets === undefined || subnet === undefined) return undefined;
      if (approvedSubnets.value.some((name) => isSubnet(name, subnet.id))) return undefined;
      return {
        facts: { ...stated(expectation, approvedSubnets), subnet: cite(subnet, 'id') },
        detail: lastSegment(subnet.id),
      };
    },
    message: ({ expected }, { member, pool }, subnet) =>
      `${member.name} of ${pool.name} is in subnet ${subnet}; approved ${expected.length === 1 ? 'is' : 'are'} ${list(expected)}.`,
    fix: (_, { member, loadBalancer, expectation }) => [
      ...(member.nicId === undefined ? [] : [lookAtNic(member.nicId)]),
      notice(`Ask ${ownerNamed(expectation, loadBalancer)} whether it belongs there; only if it does not, take it out`),
      ...leavePool(member),
      checkWithTriage(loadBalancer.id),
    ],
  });
