/**
 * Records cases: the built azlb, with the real az, against the stand-in serving each case's world.
 * `npm run record -- [folder…]` writes recorded-outputs/<folder>/, all of them when none is named.
 */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { againstStandIn, type RealAz } from '../real-az/az.ts';
import { loadBalancerOf } from '../world/healthy.ts';
import { parentId } from '../world/relations.ts';
import { type Case, cases } from './cases.ts';
import { recordedCalls } from './recorded.ts';

/** Recordings name where the result of an action is: one port, so that they don't differ in it. */
export const recordingPort = 44380;

export interface Recorded {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command on a case's world and leaves the recording in `folder`. */
export function recordCase(az: RealAz, { world }: Case, folder: string): Promise<Recorded> {
  const served = world();
  az.serve(served);
  const { id, name } = loadBalancerOf(served);
  const group = parentId(parentId(id)).split('/').at(-1) ?? '';
  const argv = ['dist/azlb.js', 'triage', '-g', group, '-n', name, '-o', 'json', '--record', folder];
  return new Promise((resolve) => {
    execFile(process.execPath, argv, { env: { ...az.environment } }, (error, stdout, stderr) => {
      resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

/** How often a case is recorded before its lost answers are kept. */
const mostTries = 8;

/**
 * az 2.91 now and then loses answers of `vm get-instance-view --ids` although no id fails (its threads race in building
 * the schema: "Model 'AAZListType' has no field named 'Element'"), and they are asked again: recorded once more, so that
 * recordings differ only where answers do.
 */
async function recordWhole(az: RealAz, each: Case, folder: string): Promise<Recorded & { readonly into: string }> {
  for (let attempt = 1; ; attempt += 1) {
    const into = join(folder, `${each.folder}-${attempt}`);
    const recorded = await recordCase(az, each, into);
    const lost = recordedCalls(into).some(
      ({ argv, exitCode, printed }) =>
        argv.includes('get-instance-view') &&
        exitCode === 0 &&
        (Array.isArray(printed) ? printed.length : 1) < argv.length - 3,
    );
    if (!lost || attempt === mostTries) return { ...recorded, into };
  }
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const chosen = cases.filter(({ folder }) => wanted.length === 0 || wanted.includes(folder));
  const az = await againstStandIn('2.91.0', undefined, recordingPort);
  const temporary = await mkdtemp(join(tmpdir(), 'azlb-record-'));
  for (const each of chosen) {
    const { into, exitCode, stderr } = await recordWhole(az, each, temporary);
    const target = join('recorded-outputs', each.folder);
    await rm(join(target, 'calls'), { recursive: true, force: true });
    await cp(into, target, { recursive: true });
    const file = join(target, 'case.json');
    const about: object = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, `${JSON.stringify({ ...about, title: each.title }, null, 2)}\n`);
    console.error(`${each.folder}: exit ${exitCode}${stderr === '' ? '' : `\n${stderr}`}`);
  }
  await rm(temporary, { recursive: true });
  await az.close();
}

if (process.argv[1]?.endsWith('record.ts')) await main();
