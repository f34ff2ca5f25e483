import { idKey } from '../azure/ids.ts';
import { knownOr } from '../evidence/open.ts';
import type { LoadBalancer, SecurityGroup } from '../topology/model.ts';
import { keyFor } from './description.ts';

/** A security group on the way to some members. */
export interface Guard {
  readonly group: SecurityGroup;
  readonly where: ReadonlySet<'subnet' | 'interface'>;
  /** Keys of the members behind it. */
  readonly guarded: ReadonlySet<string>;
}

export const keyOfGroup = ({ id }: Pick<SecurityGroup, 'id'>): string => keyFor('securityGroup', id);

/** Each group once. */
export function guardsIn({ pools }: LoadBalancer): readonly Guard[] {
  const guards = new Map<string, Guard>();
  for (const { key, configuredFilter } of pools.flatMap(({ members }) => members)) {
    const filter = knownOr(configuredFilter, undefined);
    for (const [group, where] of [[filter?.subnetGroup, 'subnet'] as const, [filter?.nicGroup, 'interface'] as const]) {
      if (group === undefined) continue;
      const known = guards.get(idKey(group.id));
      guards.set(idKey(group.id), {
        group: known?.group ?? group,
        where: new Set([...(known?.where ?? []), where]),
        guarded: new Set([...(known?.guarded ?? []), key]),
      });
    }
  }
  return [...guards.values()];
}
