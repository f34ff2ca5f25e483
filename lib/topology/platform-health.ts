import type { HealthAnswer } from '../../schemas/az/health.generated.ts';
import { idKey, lastSegment } from '../azure/ids.ts';
import { hasReason } from '../azure/reasons.ts';
import type { Read } from '../evidence/evidence.ts';
import { parseRange } from '../network/address.ts';
import { addressOf } from './address.ts';
import type { Health, Member, MemberHealth, Reachable } from './model.ts';

type Row = NonNullable<HealthAnswer['loadBalancerBackendAddresses']>[number];

/** Reasons with which Azure says Up of a member that its probe does not find up; without a reason nobody knows why it is. */
function reallyIs(state: string, reason: string): Reachable {
  if (hasReason({ reason }, 'Up_Probe_AllDownIsUp') || /^down_/i.test(reason)) return 'down';
  const word = state.toLowerCase();
  if (word === 'down') return 'down';
  if (reason === '' || hasReason({ reason }, 'Up_Admin', 'NA')) return 'unknown';
  return word === 'up' ? 'up' : 'unknown';
}

const worstFirst: readonly Reachable[] = ['down', 'unknown', 'up'];

/**
 * The health action's answer, held against the pools and against itself: where it can't be so, whoever it calls up is not
 * known to be. Members of a Global load balancer are other load balancers, and their rows name no member.
 */
export function platformHealth(
  { answer, value }: Read<HealthAnswer>,
  members: readonly Member[],
  isGlobal: boolean,
): Health {
  const rows = value.loadBalancerBackendAddresses ?? [];
  const owner = ownersAmong(members);
  const found = new Map<Member, MemberHealth>();
  const contradictions: string[] = isGlobal ? [] : [...miscounted(value, rows)];
  rows.forEach((row, index) => {
    const { member, contradiction } = owner(row);
    if (contradiction !== undefined && !isGlobal) contradictions.push(contradiction);
    if (!member) return;
    const state = row.state ?? '';
    const really = reallyIs(state, row.reason ?? '');
    if (disagree(state, row.reason)) contradictions.push(`says ${state} of ${named(row)} with reason ${row.reason}`);
    const earlier = found.get(member);
    if (earlier !== undefined) contradictions.push(`lists ${named(row)} twice`);
    if (earlier && worstFirst.indexOf(earlier.really) <= worstFirst.indexOf(really)) return;
    const source = { parent: { answer }, key: 'loadBalancerBackendAddresses', index };
    found.set(member, { source, state, really, reason: row.reason });
  });
  if (isGlobal && found.size === 0)
    for (const [member, item] of agreed(answer, value, members)) found.set(member, item);
  const doubted =
    contradictions.length > 0 ? new Map([...found].map(([member, item]) => [member, doubt(item)])) : found;
  const counts = { source: { answer }, up: value.up, down: value.down };
  return { source: 'platform', members: doubted, counts, contradictions: [...new Set(contradictions)] };
}

/** Where all regional load balancers are up, or none is, the counts say it of each, whoever a row is about. */
function agreed(
  answer: Read<HealthAnswer>['answer'],
  { up, down, loadBalancerBackendAddresses: rows = [] }: HealthAnswer,
  members: readonly Member[],
): readonly (readonly [Member, MemberHealth])[] {
  if (members.length === 0 || Math.max(up, down) !== members.length || Math.min(up, down) !== 0) return [];
  const state = up > 0 ? 'Up' : 'Down';
  const listed =
    rows.length === members.length && rows.every((row) => row.state?.toLowerCase() === state.toLowerCase());
  return members.map((member, index) => {
    const reason = listed ? rows[index]?.reason : undefined;
    const source = listed ? { parent: { answer }, key: 'loadBalancerBackendAddresses', index } : { answer };
    const really = reason === undefined ? (up > 0 ? 'up' : 'down') : reallyIs(state, reason);
    return [member, { source, state, really, reason }] as const;
  });
}

const doubt = (item: MemberHealth): MemberHealth => (item.really === 'up' ? { ...item, really: 'unknown' } : item);

function miscounted({ up, down }: HealthAnswer, rows: readonly Row[]): readonly string[] {
  return ([['up', up] as const, ['down', down] as const] as const).flatMap(([word, counted]) => {
    const listed = rows.filter(({ state }) => state?.toLowerCase() === word).length;
    return listed === counted ? [] : [`counts ${counted} ${word} and lists ${listed}`];
  });
}

function disagree(state: string, reason: string | undefined): boolean {
  const [, word = ''] = /^(up|down)_/i.exec(reason ?? '') ?? [];
  return word !== '' && /^(up|down)$/i.test(state) && word.toLowerCase() !== state.toLowerCase();
}

const named = ({ ipAddress, networkInterfaceIPConfigurationId: id }: Row): string =>
  ipAddress ?? (id === undefined ? 'somebody' : lastSegment(id));

/** However it is spelled: IPv6 has many ways. */
function addressKey(address: string): string {
  if (!address.includes(':')) return address;
  return String(parseRange(address)?.low ?? address.toLowerCase());
}

/** Whose a row is, by its IP configuration or its address. */
function ownersAmong(members: readonly Member[]) {
  const byConfiguration = new Map<string, Member>();
  const byAddress = new Map<string, Member>();
  let everyAddress = true;
  for (const member of members) {
    if (member.ipConfigurationId) byConfiguration.set(idKey(member.ipConfigurationId), member);
    const address = addressOf(member);
    if (address) byAddress.set(addressKey(address), member);
    else everyAddress = false;
  }
  return (row: Row): { readonly member?: Member; readonly contradiction?: string } => {
    const { ipAddress, networkInterfaceIPConfigurationId: id } = row;
    const byId = id === undefined ? undefined : byConfiguration.get(idKey(id));
    const byIp = ipAddress === undefined ? undefined : byAddress.get(addressKey(ipAddress));
    const member = byId ?? byIp;
    const own = byId && addressOf(byId);
    if (byId && own && ipAddress !== undefined && addressKey(own) !== addressKey(ipAddress))
      return { member: byId, contradiction: `lists ${byId.name}, which has ${own}, as ${ipAddress}` };
    if (member) return { member };
    // Of a member whose interface was not read, nobody knows the address.
    const mayBeMember = id === undefined && ipAddress !== undefined && !everyAddress;
    return mayBeMember ? {} : { contradiction: `lists ${named(row)}, which is in no pool of the balancing rule` };
  };
}
