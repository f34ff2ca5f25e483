import { idKey } from '../azure/ids.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Step } from '../steps/step.ts';
import { nameOf } from '../steps/where.ts';

/**
 * For each thing that is saved before it is written: a look that tells whether anybody else wrote it since it was read.
 * No write of az sends If-Match (2.91), so this is all there is against two who change one thing at once.
 */
export function etagLooks(backups: readonly Step[], evidence: Evidence): readonly Step[] {
  const etags = etagsIn(evidence);
  return backups.flatMap((backup): readonly Step[] => {
    const id = backup.saves;
    const etag = id === undefined ? undefined : etags.get(idKey(id));
    if (id === undefined || etag === undefined) return [];
    return [
      {
        kind: 'look',
        title: `Go on only where this prints ${etag}: else somebody changed ${nameOf(id)} since it was read, and the plan is to be made again`,
        argv: [...backup.argv, '--query=etag', '--output=tsv'],
        disruptive: null,
      },
    ];
  });
}

function etagsIn(evidence: Evidence): ReadonlyMap<string, string> {
  const etags = new Map<string, string>();
  for (const outcome of evidence.values()) {
    if (outcome.status !== 'read') continue;
    const { printed } = outcome.answer;
    if (typeof printed !== 'object' || printed === null || !('id' in printed) || !('etag' in printed)) continue;
    if (typeof printed.id === 'string' && typeof printed.etag === 'string') etags.set(idKey(printed.id), printed.etag);
  }
  return etags;
}
