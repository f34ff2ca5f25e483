import { sameId } from '../../azure/ids.ts';
import { machineOf } from '../../diagnosis/members.ts';
import { notice } from '../../steps/looking.ts';
import type { Step } from '../../steps/step.ts';
import type { LoadBalancer, Member, Pool } from '../../topology/model.ts';
import { counted } from '../../words/counted.ts';
import { named } from '../../words/name-order.ts';

/** The two pools side by side, and what of the old one stays as it is. */
export function comparison(from: Pool, to: Pool, loadBalancer: LoadBalancer): readonly Step[] {
  const zones = zonesOf(from).filter((zone) => !zonesOf(to).includes(zone));
  const natRules = loadBalancer.natRules.filter((rule) => isOf(rule, from));
  const { outboundRules } = from;
  const outbound = named(outboundRules.map(({ name }) => name));
  return [
    notice(`Compare: ${poolSaid(from)}; ${poolSaid(to)}`),
    ...(to.members.length < from.members.length
      ? [notice(`${to.name} has fewer members than ${from.name}: see that they can carry all of its traffic`)]
      : []),
    ...(zones.length === 0 ? [] : [notice(`Nobody of ${to.name} is in zone ${named(zones)}`)]),
    ...(natRules.length === 0
      ? []
      : [
          notice(
            `Inbound NAT still leads to ${from.name} and is not changed: ${named(natRules.map(({ name }) => name))}`,
          ),
        ]),
    ...(outboundRules.length === 0
      ? []
      : [
          notice(
            `${from.name} leaves for the internet by outbound rule ${outbound}, which is not changed: see by what address ${to.name} leaves, and who admits it`,
          ),
        ]),
  ];
}

function poolSaid({ name, kind, members }: Pool): string {
  const by = kind === 'nic' ? 'by network interface' : 'by address';
  const zones = zonesOf({ members });
  const where = zones.length === 0 ? '' : ` in ${zones.length === 1 ? 'zone' : 'zones'} ${named(zones)}`;
  return `${name} has ${counted(members.length, 'member')} ${by}${where} (${named(members.map((member) => member.name))})`;
}

function zonesOf({ members }: Pick<Pool, 'members'>): readonly string[] {
  return [...new Set(members.flatMap((member) => machineOf(member)?.zone ?? []))];
}

function isOf(rule: LoadBalancer['natRules'][number], pool: Pool): boolean {
  if (sameId(rule.poolId, pool.id)) return true;
  return pool.members.some(({ ipConfigurationId: id }) => sameId(rule.ipConfigurationId, id));
}

/** A machine that is in both has nothing to be swapped with. */
export function sharedBy(from: Pool, to: Pool): readonly string[] {
  const isSame = (one: Member, other: Member): boolean =>
    sameId(one.ipConfigurationId, other.ipConfigurationId) ||
    (one.nicId !== undefined && sameId(one.nicId, other.nicId)) ||
    (one.ipAddress !== undefined && one.ipAddress === other.ipAddress);
  return to.members.filter((member) => from.members.some((other) => isSame(other, member))).map(({ name }) => name);
}
