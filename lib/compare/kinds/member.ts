import type { DiagnosedMember } from '../../../schemas/diagnosis.generated.ts';
import { idKey, sameName } from '../../azure/ids.ts';
import { knownOr, open } from '../../evidence/open.ts';
import { addressOf } from '../../topology/address.ts';
import { present } from '../../topology/gone.ts';
import type { IpConfiguration, Machine, Member } from '../../topology/model.ts';
import { keyFor, type Plain, type RuleHealth, refs, set, type Thing } from '../description.ts';
import { ifThere, leftOut, local, row, type Told, type Value, whetherThere } from '../field.ts';
import { type Grade, harmless, helps, risks, says, stops, turned } from '../grade.ts';
import { keyOfGroup } from '../guards.ts';
import { type Described, defineKind, type Own } from '../kind.ts';
import { fullName } from '../value-text.ts';

interface MemberOfPool {
  readonly member: Member;
  readonly diagnosed: DiagnosedMember | undefined;
}

function membersIn({ loadBalancer, diagnosis }: Described): readonly MemberOfPool[] {
  const diagnosed = new Map(diagnosis.members.map((member) => [member.key, member]));
  return loadBalancer.pools.flatMap(({ members }) =>
    members.map((member) => ({ member, diagnosed: diagnosed.get(member.key) })),
  );
}

function thingOf({ member, diagnosed }: MemberOfPool): Own {
  const { name, pool, nicId, ipConfigurationId } = member;
  const health = healthOf(member, diagnosed);
  const machine = present(knownOr(member.machine, undefined))?.name;
  const states = [...new Set(health.map(({ state }) => state))].sort().join(' ');
  const likes = `${states} ${diagnosed?.powerState ?? ''} ${member.adminState ?? ''}`.toLowerCase();
  return {
    key: keyFor('member', pool.name, name),
    name,
    alias: sameName(machine, name) ? undefined : machine,
    ids: [nicId, diagnosed?.nicId, diagnosed?.machineId, ipConfigurationId].filter((id) => typeof id === 'string'),
    parent: keyFor('pool', pool.name),
    within: pool.name,
    identities: identitiesOf(member, diagnosed?.machineId ?? undefined),
    roles: [`${likes} in zone ${diagnosed?.zone ?? ''}`, likes],
    health,
  };
}

function healthOf(member: Member, diagnosed: DiagnosedMember | undefined): readonly RuleHealth[] {
  return (diagnosed?.health ?? []).map(({ balancingRule, state, reason, source }) => ({
    rule: keyFor('balancingRule', balancingRule),
    state,
    reason,
    // A member that a health that was read does not name is known not to be named.
    isRead: state !== 'unknown' || source !== 'none' || isHealthRead(member, balancingRule),
  }));
}

function isHealthRead({ pool }: Member, ruleName: string): boolean {
  const rule = pool.balancingRules.find(({ name }) => name === ruleName);
  return rule !== undefined && 'known' in open(rule.health);
}

function identitiesOf(member: Member, machineId: string | undefined): readonly string[] {
  const { ipConfigurationId, memberFrontendId } = member;
  const address = addressOf(member);
  return [
    ipConfigurationId && `interface ${idKey(ipConfigurationId)}`,
    memberFrontendId && `frontend ${idKey(memberFrontendId)}`,
    ipConfigurationId === undefined && address && `address ${address.toLowerCase()}`,
    machineId && `machine ${idKey(machineId)}`,
  ].filter((identity) => typeof identity === 'string');
}

/** With its interface goes all that was known through it. */
const beyondNic =
  (of: (member: Member) => Value) =>
  ({ member }: MemberOfPool): Value =>
    knownOr(member.nic, undefined)?.gone ? leftOut : of(member);

const ofMachine = (value: (found: Machine) => Told) => beyondNic(({ machine }) => ifThere(machine, value));
const ofConfiguration = (value: (found: IpConfiguration) => Told) =>
  beyondNic(({ ipConfiguration }) => ifThere(ipConfiguration, value));

const groupsOf = ({ configuredFilter }: Member): Value =>
  configuredFilter.map(({ subnetGroup, nicGroup }) =>
    refs([subnetGroup, nicGroup].flatMap((group) => (group ? [keyOfGroup(group)] : []))),
  );

const isDown = ({ health }: Thing): boolean => health.some(({ state }) => state === 'down');

function eventOf(thing: Thing, isNew: boolean): string {
  if (!isNew) return `member ${fullName(thing)} left ${thing.within}`;
  return `member ${fullName(thing)} joined ${thing.within}${isDown(thing) ? ', and is down there' : ''}`;
}

function adminGrade(before: Plain, after: Plain): Grade {
  if (says(after, 'Down')) return stops('high');
  if (says(after, 'Up')) return risks('high');
  return says(before, 'Down') ? helps : harmless;
}

function powerGrade(before: Plain, after: Plain): Grade {
  if (says(after, 'Running')) return helps;
  return says(before, 'Running') ? stops('high') : risks('low');
}

const thereGrade = (_: Plain, after: Plain): Grade => (after === 'there' ? helps : stops('high'));

export const member = defineKind<MemberOfPool>('member', {
  noun: 'member',
  hasIdentity: true,
  otherwise: 'any',
  isToldWithin: true,
  gone: risks('high'),
  come: (thing) => (isDown(thing) ? risks('medium') : helps),
  whats: { come: 'joined', gone: 'left' },
  event: eventOf,
  all: membersIn,
  thing: thingOf,
  fields: {
    adminState: row('admin state', adminGrade, ({ member: own }) => own.adminState ?? 'None'),
    interface: row('network interface', thereGrade, ({ member: { nic } }) => whetherThere(nic)),
    machine: row(
      'machine',
      thereGrade,
      beyondNic(({ machine }) => whetherThere(machine)),
    ),
    machineId: row(
      'machine',
      risks('medium'),
      ofMachine(({ id }) => id),
      { ...local, now: (before, after) => `is now the machine ${after}, was ${before}` },
    ),
    power: row(
      'power',
      powerGrade,
      ofMachine(({ powerState }) => powerState),
      { now: (before, after) => `is now ${after}, was ${before}` },
    ),
    zone: row(
      'zone',
      harmless,
      ofMachine(({ zone }) => zone),
    ),
    interfaces: row(
      'number of network interfaces',
      risks('low'),
      ofMachine(({ instance, nicIds }) => (instance ? leftOut : nicIds.length)),
    ),
    latestModel: row(
      'follows the latest model',
      turned(helps, risks('low')),
      ofMachine(({ latestModelApplied }) => latestModelApplied),
    ),
    address: row('address', risks('low'), beyondNic(addressOf), local),
    subnet: row(
      'subnet',
      risks('medium'),
      ofConfiguration(({ subnetId }) => subnetId),
      local,
    ),
    applicationGroups: row(
      'application security groups',
      risks('medium'),
      ofConfiguration(({ applicationSecurityGroupIds: ids }) => set(ids)),
      local,
    ),
    securityGroups: row('security groups', risks('medium'), beyondNic(groupsOf)),
  },
});
