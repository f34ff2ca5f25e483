import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { againstStandIn, type RealAz } from '../real-az/az.ts';
import { everyRulesWorlds } from '../rules/load.ts';
import type { World } from '../world/world.ts';
import { diagnosed } from './property.ts';

/** So many fixes are run as they are printed, in bash, by the real az: the first world of each rule that has one. */
const SAMPLE = 20;
const target = { name: 'web-lb', group: 'shop-rg' };

// Worlds whose answers contradict what is written, or whose fix mends what no write can break again: fixes.test.ts has the reasons.
const leftOut = [
  'provisioning-failed',
  'nic-provisioning-failed',
  'ghost-nic-missing',
  'member-vm-unhealthy-platform',
  'membership-backref-mismatch',
  'single-member-serving',
];

async function sample(): Promise<readonly (readonly [rule: string, world: World])[]> {
  const found: (readonly [string, World])[] = [];
  for (const { id, worlds } of await everyRulesWorlds()) {
    for (const { world } of worlds.fires) {
      if (found.length >= SAMPLE || leftOut.includes(id)) break;
      const made = world();
      const { findings } = await diagnosed(made, target);
      const steps = findings.find(({ rule }) => rule === id)?.fix?.steps ?? [];
      if (!steps.some(({ kind, argv }) => kind === 'change' && argv.length > 0)) continue;
      found.push([id, made]);
      break;
    }
  }
  return found;
}

let az: RealAz;
let folder: string;
beforeAll(async () => {
  az = await againstStandIn('2.91.0');
  folder = mkdtempSync(join(tmpdir(), 'azlb-fixes-'));
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await az.close();
});

test.each(await sample())(
  'what is printed for %s does what it says when it is pasted',
  async (rule, world) => {
    const before = await diagnosed(world, target);
    const finding = before.findings.find((each) => each.rule === rule);
    const lines = (kind: string) =>
      (finding?.fix?.steps ?? []).flatMap((step) =>
        step.kind === kind && step.argv[0] === 'az' && !step.argv.includes('run-command') ? [step.command ?? ''] : [],
      );
    az.serve(world);
    // What is looked at may be gone, or not be served here; the words themselves must be az's.
    for (const line of lines('look')) expect([line, (await bash(line)) === 2]).toEqual([line, false]);
    for (const line of [...lines('backup'), ...lines('change')]) expect([line, await bash(line)]).toEqual([line, 0]);
    for (const file of readdirSync(folder))
      expect(JSON.parse(readFileSync(join(folder, file), 'utf8'))).toHaveProperty('properties');
    const after = await diagnosed(az.standIn.world, target);
    expect(after.findings.map(({ key }) => key)).not.toContain(finding?.key);
    const undo = lines('undo');
    for (const line of undo) expect([line, await bash(line)]).toEqual([line, 0]);
    // az writes back what Azure only derives, so that the worlds are compared by what is said of them; memory compares all.
    if (undo.length > 0) expect(said(await diagnosed(az.standIn.world, target))).toEqual(said(before));
  },
  180_000,
);

const said = ({ verdict, findings }: Diagnosis) => ({ verdict, keys: findings.map(({ key }) => key).sort() });

function bash(line: string): Promise<number> {
  return new Promise((resolve) => {
    const child = execFile('bash', ['-c', line], { env: az.environment, cwd: folder }, (error) =>
      resolve(error === null ? 0 : Number(error.code ?? 1)),
    );
    child.stdin?.end();
  });
}
