import { derive, type Fact } from '../../evidence/fact.ts';
import { plainRuleName } from '../../network/security-rule.ts';
import { defineRule } from '../../rule.ts';
import { checkWithTriage, lookAtSecurityGroup, lookAtSecurityRules, notice } from '../../steps/looking.ts';
import {
  clientFlow,
  type InboundFlow,
  type InboundPath,
  inForceIfRead,
  pathThrough,
  probeFlow,
} from '../../topology/inbound.ts';
import type { SecurityRule } from '../../topology/model.ts';
import { type RuleMember, ruleMembers } from '../../topology/subjects.ts';
import { namedRules } from '../security-rule-facts.ts';

export default defineRule({
  id: 'nsg-in-force-differs',
  layer: 'path',
  kind: 'risk',
  severity: 'medium',
  title: 'The security rules in force are not those that are configured',
  why: 'Azure does not do what the network security group says: a change that did not arrive, or a rule that names several application security groups of which one is empty. What is in force decides.',
  docs: 'https://learn.microsoft.com/azure/network-watcher/effective-security-rules-overview',
  about: ruleMembers,
  wants: { configured: ({ member }: RuleMember) => member.configuredFilter },
  check: ({ member, rule }, _, { configured }) => {
    const inForce = inForceIfRead(member);
    if (!configured || !inForce) return undefined;
    const differing = (flow: InboundFlow, what: string) => {
      const [said, done] = [configured, inForce].map((filter) => pathThrough(filter, member, flow));
      // A Virtual Network Manager's word is in no group: it has a rule of its own.
      const isComparable = said?.admission.certain && done?.admission.certain && !managerDecides(done);
      return isComparable && said.admission.access !== done.admission.access ? { said, done, what } : undefined;
    };
    const found =
      (rule.probe && differing(probeFlow(rule.probe), 'the health probe')) ??
      differing(clientFlow(rule), 'the clients');
    if (!found) return undefined;
    const ofGroups = decidingRules(found.said).find(namesSeveralGroups);
    return {
      on: member.nicId ?? member.pool.id,
      facts: {
        configured: decided(found.said),
        inForce: decided(found.done),
      },
      detail: { ...found, ofGroups },
    };
  },
  message: ({ configured, inForce }, { rule, member }, { said, done, what, ofGroups }) =>
    `The security groups of ${member.name} ${verb(said)} ${what} of ${rule.name} (${configured.join(', ')}), and what is in force ${verb(done)} them (${inForce.join(', ')})${ofGroups ? `: ${plainRuleName(ofGroups)} names several application security groups` : ''}.`,
  fix: (_, { member, loadBalancer }, { said, ofGroups }) => [
    ...(member.nicId === undefined || member.instance ? [] : [lookAtSecurityRules(member.nicId)]),
    ...decidingRules(said)
      .slice(0, 1)
      .map(({ groupId }) => lookAtSecurityGroup(groupId)),
    notice(
      ofGroups
        ? `See that no application security group in ${plainRuleName(ofGroups)} is empty, or give each a rule of its own`
        : 'Where the group was changed a moment ago, look again in a minute; where it stays, write any rule of it again, or open a support request',
    ),
    checkWithTriage(loadBalancer.id),
  ],
});

const verb = ({ admission }: InboundPath): string => (admission.access === 'Allow' ? 'allow' : 'deny');

const managerDecides = ({ admission }: InboundPath): boolean =>
  admission.stages.some(({ stage, rule }) => stage === 'network-manager' && rule !== null);

/** Those that say so: of a denial the one that denies. */
function decidingRules({ admission }: InboundPath): readonly SecurityRule[] {
  const { stages, deniedBy } = admission;
  return (deniedBy ? [deniedBy] : stages).flatMap(({ rule }) => rule ?? []);
}

function decided(path: InboundPath): Fact<readonly string[]> {
  const rules = decidingRules(path);
  return derive(rules.map(plainRuleName), namedRules(...rules));
}

function namesSeveralGroups(rule: SecurityRule): boolean {
  const { sourceApplicationSecurityGroups: sources, destinationApplicationSecurityGroups: destinations } = rule;
  return (sources ?? []).length > 1 || (destinations ?? []).length > 1;
}
