import type { DiagnosedMember, Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { idKey } from '../az/ids.ts';
import { knownOr, open } from '../evidence/open.ts';
import { addressOf } from '../topology/address.ts';
import type { LoadBalancer, Member } from '../topology/model.ts';
import { keyFor, plain, type RuleHealth, refs, set, type Thing } from './description.ts';
import { fieldOf, withoutUnasked } from './read-field.ts';

interface DescribedMember {
  readonly thing: Thing;
  /** Of its interface, its configuration there and its machine. */
  readonly ids: readonly string[];
}

export function describeMembers(lb: LoadBalancer, diagnosis: Diagnosis): readonly DescribedMember[] {
  const diagnosed = new Map(diagnosis.members.map((member) => [member.key, member]));
  return lb.pools.flatMap(({ members }) => members.map((member) => describeMember(member, diagnosed.get(member.key))));
}

function describeMember(member: Member, diagnosed: DiagnosedMember | undefined): DescribedMember {
  const health = (diagnosed?.health ?? []).map(
    ({ balancingRule, state, reason, source }): RuleHealth => ({
      rule: keyFor('balancingRule', balancingRule),
      state,
      reason,
      // A member that a health that was read does not name is known not to be named.
      isRead: state !== 'unknown' || source !== 'none' || isHealthRead(member, balancingRule),
    }),
  );
  const machineId = diagnosed?.machineId ?? undefined;
  const machine = machineName(member);
  const address = addressOf(member);
  const identities = [
    member.ipConfigurationId && `interface ${idKey(member.ipConfigurationId)}`,
    member.memberFrontendId && `frontend ${idKey(member.memberFrontendId)}`,
    member.ipConfigurationId === undefined && address && `address ${address.toLowerCase()}`,
    machineId && `machine ${idKey(machineId)}`,
  ].filter((identity) => typeof identity === 'string');
  const states = [...new Set(health.map(({ state }) => state))].sort().join(' ');
  const likes = `${states} ${diagnosed?.powerState ?? ''} ${member.adminState ?? ''}`.toLowerCase();
  return {
    ids: [...new Set([member.nicId, diagnosed?.nicId ?? undefined, machineId, member.ipConfigurationId])].filter(
      (id) => id !== undefined,
    ),
    thing: {
      kind: 'member',
      key: keyFor('member', member.pool.name, member.name),
      name: member.name,
      alias: machine === undefined || machine.toLowerCase() === member.name.toLowerCase() ? undefined : machine,
      id: undefined,
      parent: keyFor('pool', member.pool.name),
      within: member.pool.name,
      identities,
      roles: [`${likes} in zone ${diagnosed?.zone ?? ''}`, likes],
      health,
      fields: fieldsOf(member),
    },
  };
}

function machineName(member: Member): string | undefined {
  const found = knownOr(member.machine, undefined);
  return found === undefined || found.gone ? undefined : found.name;
}

function isHealthRead({ pool }: Member, ruleName: string): boolean {
  const rule = pool.balancingRules.find(({ name }) => name === ruleName);
  return rule !== undefined && 'known' in open(rule.health);
}

function fieldsOf(member: Member): Thing['fields'] {
  return withoutUnasked({
    adminState: plain(member.adminState ?? 'None'),
    interface: fieldOf(member.nic, (nic) => plain(nic === undefined ? 'none' : nic.gone ? 'gone' : 'there')),
    machine: fieldOf(member.machine, (machine) =>
      plain(machine === undefined ? 'none' : machine.gone ? 'gone' : 'there'),
    ),
    machineId: fieldOf(member.machine, (machine) => plain(machine?.id)),
    power: fieldOf(member.machine, (machine) =>
      machine === undefined || machine.gone ? undefined : plain(machine.powerState),
    ),
    zone: fieldOf(member.machine, (machine) =>
      machine === undefined || machine.gone ? undefined : plain(machine.zone),
    ),
    interfaces: fieldOf(member.machine, (machine) =>
      machine === undefined || machine.gone || machine.instance ? undefined : plain(machine.nicIds.length),
    ),
    latestModel: fieldOf(member.machine, (machine) =>
      machine === undefined || machine.gone ? undefined : plain(machine.latestModelApplied),
    ),
    address: plain(addressOf(member)),
    subnet: fieldOf(member.ipConfiguration, (configuration) =>
      configuration === undefined || configuration.gone ? undefined : plain(configuration.subnetId),
    ),
    applicationGroups: fieldOf(member.ipConfiguration, (configuration) =>
      configuration === undefined || configuration.gone ? undefined : set(configuration.applicationSecurityGroupIds),
    ),
    securityGroups: fieldOf(member.configuredFilter, ({ subnetGroup, nicGroup }) =>
      refs([subnetGroup, nicGroup].flatMap((group) => (group ? [keyFor('securityGroup', group.id)] : []))),
    ),
  });
}
