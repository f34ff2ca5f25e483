import { idKey, lastSegment } from '../../azure/ids.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import { knownOr } from '../../evidence/open.ts';
import { Reading } from '../../evidence/reading.ts';
import { scaleSetReading } from '../compute.ts';
import { outOfSight, present } from '../gone.ts';
import type { Member, Pool, ScaleSetInPool } from '../model.ts';

/** The scale sets that a pool's members are instances of. */
export function scaleSetsIn(evidence: Evidence, pool: Pool): readonly ScaleSetInPool[] {
  const sets = new Map<string, { id: string; members: Member[] }>();
  for (const member of pool.members) {
    const machine = knownOr(member.machine, undefined);
    const id = member.instance?.scaleSetId ?? present(machine)?.scaleSetId;
    if (id === undefined) continue;
    const set = sets.get(idKey(id)) ?? { id, members: [] };
    set.members.push(member);
    sets.set(idKey(id), set);
  }
  return [...sets.values()].map(({ id, members }) => ({
    id,
    name: lastSegment(id),
    pool,
    members,
    // Its instances are members: it is there.
    set: scaleSetReading(evidence, id).andThen((set) => (set.gone ? outOfSight(set) : Reading.known(set))),
  }));
}
