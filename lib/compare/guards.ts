import { idKey } from '../azure/ids.ts';
import { knownOr } from '../evidence/open.ts';
import type { LoadBalancer, SecurityGroup } from '../topology/model.ts';
import { once } from '../topology/once.ts';
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
  const guards = new Map<string, { group: SecurityGroup; where: Set<'subnet' | 'interface'>; guarded: Set<string> }>();
  for (const { key, configuredFilter } of pools.flatMap(({ members }) => members)) {
    const filter = knownOr(configuredFilter, undefined);
    for (const [group, where] of [[filter?.subnetGroup, 'subnet'] as const, [filter?.nicGroup, 'interface'] as const]) {
      if (group === undefined) continue;
      const guard = once(guards, idKey(group.id), () => ({ group, where: new Set(), guarded: new Set() }));
      guard.where.add(where);
      guard.guarded.add(key);
    }
  }
  return [...guards.values()];
}
