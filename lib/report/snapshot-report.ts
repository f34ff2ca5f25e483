import type { Snapshot } from '../../schemas/snapshot.generated.ts';
import { counted } from '../words/counted.ts';
import { cleanAll } from './clean.ts';
import { wrap } from './layout.ts';
import { paint } from './paint.ts';
import type { Report } from './render.ts';
import { shortReason } from './text-gaps.ts';
import type { TextOptions } from './text-style.ts';
import { typed } from './typed.ts';
import { verdictWords } from './words.ts';

/** What was saved where, ready for every output format. */
export const snapshotReport = (value: Snapshot, options: TextOptions): Report => ({
  value,
  rows: () => [
    {
      LoadBalancer: value.loadBalancer.name,
      Verdict: value.verdict,
      Calls: value.calls,
      NotRead: value.notRead.length,
      Path: value.path,
    },
  ],
  text: () => snapshotText(cleanAll(value), options),
});

function snapshotText(snapshot: Snapshot, { colour, width, verbose, shell }: TextOptions): string {
  const { bold, dim, yellow } = paint(colour);
  const { name, resourceGroup } = snapshot.loadBalancer;
  const read = snapshot.notRead.length === 0 ? 'all answered' : `${snapshot.notRead.length} not answered`;
  const { word } = verdictWords[snapshot.verdict];
  const gaps = snapshot.notRead.flatMap(({ command, because }) =>
    wrap(
      `? ${verbose && command !== null ? `${command}: ` : ''}${verbose ? because : shortReason(because)}`,
      width,
      '  ',
      '    ',
    ),
  );
  return [
    `${bold(snapshot.path)}`,
    `  ${name} of group ${resourceGroup}, ${word}; ${counted(snapshot.calls, 'az call')}, ${read}, at ${snapshot.collectedAt}.`,
    ...(gaps.length === 0 ? [] : [yellow('NOT READ'), ...new Set(gaps)]),
    dim(`  Later: ${typed(['azlb', 'diff', snapshot.path, '--live'], { shell })}`),
    '',
  ].join('\n');
}
