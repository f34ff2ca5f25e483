import { lastSegment } from '../../azure/ids.ts';
import { defineRule } from '../../rule.ts';
import { leavePool } from '../../steps/leave-pool.ts';
import { isThere } from '../../topology/gone.ts';
import type { Gone, IpConfiguration, Member, Nic } from '../../topology/model.ts';
import { everyMember, type MemberSubject } from '../../topology/subjects.ts';
import { counted } from '../../words/counted.ts';
import { citeReference } from '../reference.ts';
import { memberCount, membersIn, poolsIn } from '../together.ts';

/** Subnets that belong to an Azure service, by the names that Azure demands for them. */
const services: ReadonlyMap<string, string> = new Map([
  ['azurefirewallsubnet', 'an Azure Firewall'],
  ['gatewaysubnet', 'a virtual network gateway'],
  ['azurebastionsubnet', 'an Azure Bastion'],
  ['routeserversubnet', 'a Route Server'],
]);

export default defineRule({
  id: 'unsupported-member-type',
  layer: 'topology',
  kind: 'risk',
  severity: 'high',
  title: 'A member that a load balancer can not have',
  why: 'Members are machines. Interfaces of private endpoints and private link services, and addresses of firewalls and gateways, are not supported behind a load balancer, whatever the probe says.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/backend-pool-management#limitations',
  explains: ['health-missing-members', 'member-down'],
  about: everyMember,
  needs: {
    nic: ({ member }: MemberSubject) => member.nic,
    configuration: ({ member }: MemberSubject) => member.ipConfiguration,
  },
  check: ({ member }, { nic, configuration }) => {
    const found = ownerOf(nic) ?? serviceAt(member, configuration);
    return found && { facts: { owner: found.fact }, detail: found.said };
  },
  message: (_, { member }, said) => `${member.name} in ${member.pool.name} belongs to ${said}.`,
  fix: (_, { member }) => leavePool(member),
  together: {
    by: ({ detail }) => detail,
    message: (all) => {
      const [{ detail }] = all;
      return `${counted(memberCount(all), 'member')} of ${poolsIn(all)} belong to ${detail}: ${membersIn(all)}.`;
    },
  },
});

function ownerOf(nic: Nic | Gone | undefined) {
  if (!isThere(nic)) return undefined;
  if (nic.privateEndpointId !== undefined) {
    return { said: 'a private endpoint', fact: citeReference(nic, 'privateEndpoint', nic.privateEndpointId) };
  }
  if (nic.privateLinkServiceId !== undefined) {
    return { said: 'a private link service', fact: citeReference(nic, 'privateLinkService', nic.privateLinkServiceId) };
  }
  return undefined;
}

/** What has no interface that az shows is known by its subnet alone. */
function serviceAt(member: Member, configuration: IpConfiguration | Gone | undefined) {
  const place = isThere(configuration) ? configuration : member;
  const said = services.get(lastSegment(place.subnetId ?? '').toLowerCase());
  return said === undefined ? undefined : { said, fact: citeReference(place, 'subnet', place.subnetId) };
}
