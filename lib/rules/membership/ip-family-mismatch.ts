import { sameName } from '../../azure/ids.ts';
import { cite, derive } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { checkWithTriage, notice } from '../../steps/looking.ts';
import { isThere } from '../../topology/gone.ts';
import { withConfigurations } from '../../topology/members-with.ts';
import type { Gone, IpConfiguration, Member } from '../../topology/model.ts';
import { plainBalancingRules, type RuleSubject } from '../../topology/subjects.ts';

export default defineRule({
  id: 'ip-family-mismatch',
  layer: 'topology',
  kind: 'fault',
  severity: 'high',
  title: 'Frontend and members are of different IP versions',
  why: 'A load balancer does not translate between IPv4 and IPv6: what comes in over one goes to members over the same.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-ipv6-overview',
  explains: ['tcp-probe-timeout', 'member-down'],
  // Of a public frontend the load balancer does not say the version: that is its public IP address's.
  about: plainBalancingRules,
  possible: ({ rule: { frontend } }) => frontend?.kind === 'internal' && frontend.privateIPAddressVersion !== undefined,
  needs: { members: ({ rule }: RuleSubject) => withConfigurations(rule.members) },
  check: ({ rule: { frontend } }, { members }) => {
    const version = frontend?.privateIPAddressVersion;
    if (!frontend || version === undefined || frontend.kind !== 'internal') return undefined;
    const known = members.flatMap(({ member, configuration }) => versionOf(member, configuration) ?? []);
    if (known.length === 0 || known.some((each) => sameName(each.version, version))) return undefined;
    return {
      facts: {
        frontend: cite(frontend, 'privateIPAddressVersion'),
        members: derive(
          known.map((each) => each.version),
          ...known.map(({ fact }) => fact),
        ),
      },
      detail: frontend,
    };
  },
  message: ({ frontend: version, members }, { rule }, { name }) =>
    `Frontend ${name} of ${rule.name} is ${version}, and its members are all ${members[0] ?? ''}.`,
  fix: ({ frontend: version }, { rule, loadBalancer }) => [
    notice(
      `Give each member's interface an ${version} configuration and put that into a pool of ${rule.name}, or point ${rule.name} at a frontend of the members' version`,
    ),
    checkWithTriage(loadBalancer.id),
  ],
});

function versionOf(member: Member, configuration: IpConfiguration | Gone | undefined) {
  if (isThere(configuration) && configuration.privateIPAddressVersion !== undefined) {
    return { version: configuration.privateIPAddressVersion, fact: cite(configuration, 'privateIPAddressVersion') };
  }
  if (member.ipAddress === undefined) return undefined;
  return { version: member.ipAddress.includes(':') ? 'IPv6' : 'IPv4', fact: cite(member, 'ipAddress') };
}
