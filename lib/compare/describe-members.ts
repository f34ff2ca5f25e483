import type { DiagnosedMember, Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { idKey } from '../azure/ids.ts';
import { knownOr, open } from '../evidence/open.ts';
import { addressOf } from '../topology/address.ts';
import type { Gone, IpConfiguration, LoadBalancer, Machine, Member } from '../topology/model.ts';
import { type FieldValue, keyFor, plain, type RuleHealth, refs, set, type Thing } from './description.ts';
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
  const nic = knownOr(member.nic, undefined);
  const own = withoutUnasked({
    adminState: plain(member.adminState ?? 'None'),
    interface: fieldOf(member.nic, (found) => plain(found === undefined ? 'none' : found.gone ? 'gone' : 'there')),
  });
  // With its interface goes all that was known through it.
  return nic?.gone ? own : { ...own, ...machineFields(member), ...networkFields(member) };
}

function machineFields({ machine }: Member): Thing['fields'] {
  const known = (value: (found: Machine) => FieldValue | undefined) =>
    fieldOf<Machine | Gone | undefined>(machine, (found) =>
      found === undefined || found.gone ? undefined : value(found),
    );
  return withoutUnasked({
    machine: fieldOf(machine, (found) => plain(found === undefined ? 'none' : found.gone ? 'gone' : 'there')),
    machineId: known(({ id }) => plain(id)),
    power: known(({ powerState }) => plain(powerState)),
    zone: known(({ zone }) => plain(zone)),
    interfaces: known(({ instance, nicIds }) => (instance ? undefined : plain(nicIds.length))),
    latestModel: known(({ latestModelApplied }) => plain(latestModelApplied)),
  });
}

function networkFields(member: Member): Thing['fields'] {
  const known = (value: (found: IpConfiguration) => FieldValue | undefined) =>
    fieldOf<IpConfiguration | Gone | undefined>(member.ipConfiguration, (found) =>
      found === undefined || found.gone ? undefined : value(found),
    );
  return withoutUnasked({
    address: plain(addressOf(member)),
    subnet: known(({ subnetId }) => plain(subnetId)),
    applicationGroups: known(({ applicationSecurityGroupIds: ids }) => set(ids)),
    securityGroups: fieldOf(member.configuredFilter, ({ subnetGroup, nicGroup }) =>
      refs([subnetGroup, nicGroup].flatMap((group) => (group ? [keyFor('securityGroup', group.id)] : []))),
    ),
  });
}
