import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { lookAtChanges } from '../../lib/steps/looking.ts';
import { printedStep } from '../../lib/steps/step.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { againstStandIn, type RealAz } from '../real-az/az.ts';
import { everyRulesWorlds } from '../rules/load.ts';
import { read } from '../world/arm-read.ts';
import { probe, set, subnetDenies } from '../world/changes.ts';
import { healthyWorld, loadBalancerOf } from '../world/healthy.ts';
import { change, type World } from '../world/world.ts';
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
}, 120_000);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'azlb-fixes-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(async () => {
  await az.close();
});

/** A probe that a scale set must let go of before it is changed. */
const held = change(healthyWorld({ membership: 'uniform' }), probe({ port: 25 }), (world) =>
  set('web', 'properties.virtualMachineProfile.networkProfile.healthProbe', {
    id: `${loadBalancerOf(world).id}/probes/web-probe`,
  })(world),
);

test.each([...(await sample()), ['http-probe-on-blocked-port', held] as const])(
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

describe('a backup', () => {
  test.each<readonly [resource: string, rule: string, world: World]>([
    ['load balancer', 'http-probe-on-blocked-port', change(healthyWorld(), probe({ port: 25 }))],
    [
      'security group',
      'nsg-blocks-probe',
      change(healthyWorld(), subnetDenies({ name: 'DenyWeb', priority: 150, port: 8443 })),
    ],
  ])('of a %s is put back as it says', async (_, rule, world) => {
    const { findings } = await diagnosed(world, target);
    const steps = findings.find((each) => each.rule === rule)?.fix?.steps ?? [];
    const of = (kind: string) => steps.filter((step) => step.kind === kind && step.argv.length > 0);
    az.serve(world);
    const files: string[] = [];
    for (const { command } of of('backup')) {
      const had = readdirSync(folder);
      expect(await bash(command ?? '')).toBe(0);
      files.push(...readdirSync(folder).filter((file) => !had.includes(file)));
    }
    expect(files).toHaveLength(of('backup').length);
    for (const { command } of of('change')) expect(await bash(command ?? '')).toBe(0);
    expect(answered(az.standIn.world)).not.toEqual(answered(world));
    for (const [at, { title, argv }] of of('backup').entries()) {
      expect(title).toContain('To put it back: az rest --method put with the same --url and --body "@FILE"');
      const url = argv.find((word) => word.startsWith('--url=')) ?? '';
      expect(await bash(`az rest --method put '${url}' --body '@${files[at]}'`)).toBe(0);
    }
    expect(answered(az.standIn.world)).toEqual(answered(world));
  });
});

/** What Azure answers of everything in a world, derived fields included, but for what every write changes. */
const answered = (world: World): unknown =>
  [...world.resources.values()].map(({ id }) =>
    JSON.parse(
      JSON.stringify(read(world, id, new URLSearchParams()).body ?? null, (key, value) =>
        key === 'etag' ? undefined : value,
      ),
    ),
  );

describe('the look at who changed it lately', () => {
  const [id = ''] = healthyWorld().resources.keys();
  const step = lookAtChanges(id);
  const ofResource = `resourceid eq '${id.toLowerCase()}'`;

  /** What az asks the activity log for, with a default group among its settings. */
  async function filterOf(argv: readonly string[], group: string): Promise<string> {
    az.serve(healthyWorld());
    const before = az.requests.length;
    await bash(printedStep({ ...step, argv }, 'bash').command, { AZURE_DEFAULTS_GROUP: group });
    const log = az.requests.slice(before).find(({ path }) => /eventtypes/i.test(path));
    return decodeURIComponent(log?.path ?? '').toLowerCase();
  }

  test.each(['', 'other-rg'])('asks for the resource alone, with the default group %j', async (group) => {
    const filter = await filterOf(step.argv, group);
    expect(filter).toContain(ofResource);
    expect(filter).not.toContain('resourcegroupname');
  });

  test('would ask for all of the default group if it did not say that it wants none', async () => {
    const argv = step.argv.filter((word) => word !== '--resource-group=');
    expect(await filterOf(argv, 'other-rg')).toMatch(/resourcegroupname eq 'other-rg'/);
  });
});

function bash(line: string, more: Readonly<Record<string, string>> = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = execFile('bash', ['-c', line], { env: { ...az.environment, ...more }, cwd: folder }, (error) =>
      resolve(error === null ? 0 : Number(error.code ?? 1)),
    );
    child.stdin?.end();
  });
}
