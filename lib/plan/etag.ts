import { idKey } from '../azure/ids.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Step } from '../steps/step.ts';
import { nameOf } from '../steps/where.ts';

/** The backups with the etag of what they save, as it was read. */
export function withEtags(backups: readonly Step[], evidence: Evidence): readonly Step[] {
  const etags = etagsIn(evidence);
  return backups.map((backup) => ({ ...backup, etag: etags.get(idKey(backup.saves ?? '')) }));
}

/**
 * For each thing that is saved before it is written: a look that tells whether anybody else wrote it since it was read.
 * No write of az sends If-Match (2.91), so this is all there is against two who change one thing at once.
 */
export function etagLooks(backups: readonly Step[]): readonly Step[] {
  return backups.flatMap(({ saves, etag, argv }): readonly Step[] => {
    if (saves === undefined || etag === undefined) return [];
    return [
      {
        kind: 'look',
        title: `Go on only where this prints ${etag}: else somebody changed ${nameOf(saves)} since it was read, and the plan is to be made again`,
        argv: [...argv, '--query=etag', '--output=tsv'],
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
