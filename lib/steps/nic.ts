import { guarded } from './change.ts';
import { backup } from './looking.ts';
import type { Step } from './step.ts';
import { nameOf, nameOptions } from './where.ts';

/** Writes an interface back as it is, by a tag: what heals a failed provisioning state. */
export function writeNicBack({
  nicId,
  loadBalancerId,
}: {
  readonly nicId: string;
  readonly loadBalancerId: string;
}): Step[] {
  const update = ['network', 'nic', 'update', ...nameOptions(nicId)];
  const change = {
    title: `Write ${nameOf(nicId)} back unchanged but for a tag`,
    argv: [...update, '--set', 'tags.triage=reput'],
    undo: { title: 'Take the tag off', argv: [...update, '--remove', 'tags.triage'] },
  };
  return guarded(loadBalancerId, [change], [backup(nicId)]);
}
