import { foundReport } from '../../lib/report/found-report.ts';
import { membersReport } from '../../lib/report/members-report.ts';
import type { Report } from '../../lib/report/render.ts';
import { treeReport } from '../../lib/report/tree-report.ts';
import { viewExitCode } from '../../lib/view/exit-code.ts';
import { foundExitCode } from '../../lib/view/find/exit-code.ts';
import { find } from '../../lib/view/find/find.ts';
import { membersOf } from '../../lib/view/members.ts';
import { treesOf } from '../../lib/view/tree.ts';
import { waitExitCode } from '../../lib/wait/wait.ts';
import { everyOne, looked, plain } from '../view/shown.ts';
import { waiting } from '../wait/waiting.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { loadBalancerOf } from '../world/healthy.ts';
import type { World } from '../world/world.ts';
import type { ViewWanted } from './row.ts';
import { has, wrongOne } from './wrong.ts';

/** What a command beside `triage` says wrongly of a world. */
export async function viewed(world: World, wanted: ViewWanted): Promise<readonly string[]> {
  const { text, code } = await said(world, wanted);
  const wrong = [
    ...wrongOne(`${wanted.command}: exit code`, wanted.exitCode, code),
    ...(wanted.has ?? []).filter((what) => !has(text, what)).map((what) => `${wanted.command}: without ${what}`),
    ...(wanted.hasNot ?? []).filter((what) => has(text, what)).map((what) => `${wanted.command}: with ${what}`),
  ];
  return wrong.length === 0 ? [] : [...wrong, text];
}

async function said(
  world: World,
  { command, target }: ViewWanted,
): Promise<{ readonly text: string; readonly code: number }> {
  const webLb = { kind: 'id', id: loadBalancerOf(world).id } as const;
  const texts = (report: Report) => report.text();
  if (command === 'find') {
    const az = azInMemory(world);
    const wanted = { text: target ?? '', resourceGroup: undefined, port: undefined };
    const found = await find(az, everyOne, wanted, { recordedAt: world.clock, masked: (text) => text });
    return { text: texts(foundReport(found, plain)), code: foundExitCode(found) };
  }
  if (command === 'wait') {
    const { outcome } = await waiting(() => world, {
      condition: { kind: 'healthy', wanted: 'all' },
      target: webLb,
      timeoutSeconds: 300,
    });
    return { text: JSON.stringify({ ...outcome, diagnosis: undefined }), code: waitExitCode(outcome) };
  }
  const look = await looked(world, 'members', webLb);
  if (command === 'show') {
    const trees = treesOf(look);
    return { text: texts(treeReport(trees, plain)), code: viewExitCode(trees) };
  }
  const members = membersOf(look);
  return { text: texts(membersReport(members, plain)), code: viewExitCode(members) };
}
