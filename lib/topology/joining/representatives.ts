import { idKey } from '../../azure/ids.ts';
import { knownOr } from '../../evidence/open.ts';
import { isThere } from '../gone.ts';
import type { Member } from '../model.ts';

/** For each member the interface that stands for its class: the first whose machine runs, of those with equal groups. */
export function representativeNics(members: readonly Member[]): ReadonlyMap<Member, string> {
  const chosen = new Map<string, string>();
  const classes = new Map<Member, string>();
  for (const member of members) {
    const nic = knownOr(member.nic, undefined);
    const machine = knownOr(member.machine, undefined);
    if (!isThere(nic)) continue;
    const subnet = knownOr(member.ipConfiguration, undefined);
    const subnetId = isThere(subnet) ? (subnet.subnetId ?? '') : '';
    const key = idKey(`${nic.securityGroupId ?? ''} ${subnetId}`);
    classes.set(member, key);
    const runs = isThere(machine) && machine.powerState === 'running';
    if (runs && !chosen.has(key)) chosen.set(key, nic.id);
  }
  return new Map(
    [...classes].flatMap(([member, key]) => {
      const nicId = chosen.get(key);
      return nicId === undefined ? [] : [[member, nicId] as const];
    }),
  );
}
