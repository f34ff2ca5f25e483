import { hasReason } from '../../azure/reasons.ts';
import { cite } from '../../evidence/fact.ts';
import { plainRuleName } from '../../network/security-rule.ts';
import { defineRule } from '../../rule.ts';
import { checkWithTriage, lookAtSecurityRules, notice } from '../../steps/looking.ts';
import { isAnswering } from '../../topology/answers.ts';
import { clientFlow, pathThrough, probeFlow } from '../../topology/inbound.ts';
import type { InboundFilter } from '../../topology/model.ts';
import { type RuleMember, ruleMembers } from '../../topology/subjects.ts';
import { named } from '../../words/name-order.ts';
import { inForceWhereDenied } from '../clients.ts';
import { securityRuleFacts } from '../security-rule-facts.ts';

/** Only the rules in force tell of a Virtual Network Manager: they are asked for where the probe gets no answer, or clients are denied. */
function inForceWhereSuspicious(subject: RuleMember) {
  const { rule, member } = subject;
  if (!rule.measured) return inForceWhereDenied(subject);
  return rule.health
    .andThen(({ members }) => {
      const found = members.get(member);
      const isUnanswered =
        found?.really === 'down' && (found.reason === undefined || hasReason(found, 'Down_Probe_TcpProbeTimeout'));
      return isUnanswered ? member.effectiveFilter : inForceWhereDenied(subject);
    })
    .orElse(() => inForceWhereDenied(subject));
}

function adminDenial(filter: InboundFilter, { member }: RuleMember, flow: Parameters<typeof pathThrough>[2]) {
  const { admission } = pathThrough(filter, member, flow);
  const hit = admission.deniedBy;
  return hit?.stage === 'network-manager' && admission.certain ? (hit.rule ?? undefined) : undefined;
}

export default defineRule({
  id: 'avnm-admin-deny',
  layer: 'path',
  kind: 'fault',
  severity: 'high',
  severityIfAll: 'critical',
  title: 'A security admin rule of a Virtual Network Manager denies the traffic',
  why: 'Security admin rules come before every network security group, and a Deny there ends it: no change to a group helps.',
  docs: 'https://learn.microsoft.com/azure/virtual-network-manager/concept-security-admins',
  blocksProbe: true,
  explains: ['tcp-probe-timeout', 'member-down'],
  about: ruleMembers,
  wants: { inForce: inForceWhereSuspicious },
  check: (subject, _, { inForce }) => {
    if (!inForce) return undefined;
    const { rule } = subject;
    const probe = rule.probe && adminDenial(inForce, subject, probeFlow(rule.probe));
    const clients = adminDenial(inForce, subject, clientFlow(rule));
    // A rule that an answered probe refutes says nothing of the clients either; another one does.
    const isRefuted = clients !== undefined && clients !== probe && isAnswering(rule, subject.member);
    const denying = isRefuted ? clients : (probe ?? clients);
    if (!denying) return undefined;
    return {
      on: denying.groupId,
      ...(probe === denying ? {} : { explains: [] }),
      facts: { deniedBy: cite(denying, 'name'), ...securityRuleFacts(denying) },
      detail: {
        denying,
        what: probe === denying ? `the health probe${clients === probe ? ' and the clients' : ''}` : 'the clients',
      },
    };
  },
  message: ({ priority }, { rule }, { denying, what }) =>
    `Security admin rule ${plainRuleName(denying)} (priority ${priority}) of Virtual Network Manager ${denying.groupName} denies ${what} of ${rule.name}, before any network security group.`,
  together: {
    by: ({ detail: { denying, what } }) => `${denying.groupId} ${denying.name} ${what}`.toLowerCase(),
    message: (all) => {
      const [
        {
          values: { priority },
          detail: { denying, what },
        },
      ] = all;
      const rules = named(all.map(({ subject }) => subject.rule.name));
      return `Security admin rule ${plainRuleName(denying)} (priority ${priority}) of Virtual Network Manager ${denying.groupName} denies ${what} of ${rules}, before any network security group.`;
    },
  },
  fix: (_, { member, loadBalancer }, { denying }) => [
    ...(member.nicId === undefined ? [] : [lookAtSecurityRules(member.nicId)]),
    notice(
      `Only the owners of ${denying.groupName} can change it: ask them for an exception (AlwaysAllow) for these members`,
    ),
    checkWithTriage(loadBalancer.id),
  ],
});
