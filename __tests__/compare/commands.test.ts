import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { recording } from '../../lib/recording/recording.ts';
import { examine } from '../../lib/triage/triage.ts';
import comparisonSchema from '../../schemas/comparison.schema.json' with { type: 'json' };
import snapshotSchema from '../../schemas/snapshot.schema.json' with { type: 'json' };
import { buildInto } from '../cli/build.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { deallocated, metricsDenied, nicDenies, readerOnly } from '../world/changes.ts';
import { healthyGlobalWorld, healthyWorld, loadBalancerOf } from '../world/healthy.ts';
import { change, type World } from '../world/world.ts';

// Each test starts azlb some times.

const folder = mkdtempSync(path.join(tmpdir(), 'azlb-diff-'));
const at = (name: string): string => path.join(folder, name);

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const azlb = (...argv: readonly string[]) => run(process.execPath, [at('dist/azlb.js'), ...argv]);

const run = (program: string, argv: readonly string[]) =>
  new Promise<Ended>((resolve) => {
    // No az is found on this PATH.
    const env = { ...process.env, PATH: folder, NO_COLOR: '1' };
    execFile(program, argv, { env, cwd: folder }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });

const bg = {
  pools: [{ name: 'blue-pool' }, { name: 'green-pool' }],
  balancingRules: [{ name: 'https', frontendPort: 443, backendPort: 8443, pool: 'blue-pool' }],
} as const;
const worlds: Readonly<Record<string, World>> = {
  before: healthyWorld(),
  after: change(healthyWorld(), deallocated('web-2')),
  denied: change(healthyWorld(), readerOnly(), metricsDenied()),
  global: healthyGlobalWorld(),
  bluegreen: healthyWorld(bg),
  owngroup: change(healthyWorld(bg), nicDenies('green-1', { name: 'deny-8443', priority: 110, port: 8443 })),
};

async function record(name: string, world: World): Promise<void> {
  const az = recording(azInMemory(world), at(name));
  const { id, name: lb } = loadBalancerOf(world);
  const { diagnosis } = await examine(az, { kind: 'id', id }, { recordedAt: world.clock });
  const { resourceGroup, subscriptionId } = diagnosis.loadBalancer;
  const target = { id, name: lb, resourceGroup, subscriptionId };
  await az.save({ schemaVersion: 1, title: name, az: '2.91.0', target, recordedAt: world.clock });
}

beforeAll(async () => {
  buildInto(at('dist'));
  for (const [name, world] of Object.entries(worlds)) await record(name, world);
  writeFileSync(at('version-9.json'), JSON.stringify({ schemaVersion: 9, calls: [] }));
  writeFileSync(at('file'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('snapshot', () => {
  test.each(['kept', 'kept.json'])('saves what can be replayed and compared: %s', async (name) => {
    const saved = await azlb('snapshot', '--replay', 'after', '--out', name, '-o', 'json');
    expect(saved.code).toBe(0);
    const snapshot: unknown = JSON.parse(saved.stdout);
    expect(new Ajv().validate(snapshotSchema, snapshot)).toBe(true);
    expect(snapshot).toMatchObject({ path: name, verdict: 'degraded', notRead: [] });
    const [one, other] = [await azlb('triage', '--replay', 'after'), await azlb('triage', '--replay', name)];
    expect({ code: other.code, stdout: other.stdout }).toEqual({ code: one.code, stdout: one.stdout });
    expect((await azlb('diff', 'after', name)).code).toBe(0);
  });

  test('says what could not be read', async () => {
    const { code, stdout } = await azlb('snapshot', '--replay', 'denied', '--out', 'gaps');
    expect({ code, stdout }).toEqual({
      code: 5,
      stdout: expect.stringContaining('NOT READ\n  ? Denied on loadBalancingRules/https: ask an administrator'),
    });
  });

  const replay = ['--replay', 'before'] as const;
  test.each<readonly [string, readonly string[], number, string]>([
    [
      'a folder that has something in it',
      [...replay, '--out', 'before'],
      2,
      '--out: The recording before is not empty',
    ],
    ['a file that is there', [...replay, '--out', 'version-9.json'], 2, 'is there already'],
    ['a place below a file', [...replay, '--out', 'file/below'], 4, 'could not be written'],
    ['az that is not there', ['-g', 'shop-rg', '-n', 'web-lb', '--out', 'none'], 4, 'az'],
    ['a whole group', ['-g', 'shop-rg', '--out', 'none'], 2, 'Name one load balancer'],
  ])('refuses %s, and leaves nothing behind', async (_, argv, code, says) => {
    const before = readdirSync(folder);
    const ended = await azlb('snapshot', ...argv, '--only-show-errors');
    expect(ended).toEqual({ code, stdout: '', stderr: expect.stringContaining(says) });
    expect(readdirSync(folder)).toEqual(before);
  });

  // A limit on the size of files stands for a full disk: what is written fails half-way.
  const hasShell = process.platform !== 'win32';
  (hasShell ? test : test.skip).each(['full', 'full.json'])('leaves no half of %s on a full disk', async (name) => {
    const before = readdirSync(folder);
    const ended = await run('/bin/bash', [
      '-c',
      'trap "" XFSZ; ulimit -f 2; exec "$@"',
      'bash',
      process.execPath,
      at('dist/azlb.js'),
      ...['snapshot', '--replay', 'before', '--only-show-errors', '--out', name],
    ]);
    expect(ended).toEqual({ code: 4, stdout: '', stderr: expect.stringContaining('could not be written: EFBIG') });
    expect(readdirSync(folder)).toEqual(before);
  });
});

describe('diff', () => {
  test('says what differs, first in one sentence, and exits with 1', async () => {
    const { code, stdout } = await azlb('diff', 'before', 'after');
    expect(code).toBe(1);
    expect(stdout.replace(/\n +/g, ' ')).toContain(
      'DIFFERENT  6 changes, worst high: member web-2-nic (web-2) of web-pool is now deallocated, was running; balancing rule https: healthy members went from 3 of 3 to 2 of 3.',
    );
  });

  test('is JSON as promised, and rows', async () => {
    const { stdout } = await azlb('diff', 'before', 'after', '-o', 'json');
    const comparison: unknown = JSON.parse(stdout);
    expect(new Ajv().validate(comparisonSchema, comparison)).toBe(true);
    expect(comparison).toMatchObject({ mode: 'over-time', same: false, left: { recording: 'before' } });
    expect((await azlb('diff', 'before', 'after', '-o', 'tsv')).stdout.split('\n')[0]?.split('\t').slice(0, 5)).toEqual(
      ['high', 'stops-traffic', 'member', 'changed', 'web-2-nic'],
    );
    expect((await azlb('diff', 'before', 'after', '--query', 'length(changes)')).stdout).toBe('6\n');
  });

  test('under masks it says the same, and no name', async () => {
    const { code, stdout } = await azlb('diff', 'before', 'after', '--mask', '-o', 'json');
    expect({ code, changes: JSON.parse(stdout).changes.length }).toEqual({ code: 1, changes: 6 });
    expect(stdout).not.toMatch(/web-2|shop-rg|3f2c1a9e/);
  });

  test.each<readonly [string, readonly string[], number, string]>([
    ['two that are the same', ['before', 'before'], 0, '= SAME  Nothing differs.'],
    ['one with now', ['before', '--live', '--replay', 'after'], 1, '6 changes'],
    ['one with now, unchanged', ['before', '--live', '--replay', 'before'], 0, 'Nothing differs.'],
    ['what could not be read', ['before', 'denied'], 5, 'NOT COMPARED'],
    [
      'two pools',
      ['bluegreen', '--left-pool', 'blue-pool', '--right-pool', 'green-pool'],
      1,
      'balancing rules Tcp 443',
    ],
    [
      'two pools, one with a group that the recording lacks',
      ['owngroup', '--left-pool', 'blue-pool', '--right-pool', 'green-pool', '-o', 'json'],
      1,
      'its azlb did not ask',
    ],
    [
      'two pools of what is asked',
      ['--replay', 'bluegreen', '--left-pool', 'blue-pool', '--right-pool', 'blue-pool'],
      0,
      '',
    ],
  ])('compares %s', async (_, argv, code, says) => {
    expect(await azlb('diff', ...argv)).toMatchObject({ code, stdout: expect.stringContaining(says) });
  });

  test.each<readonly [string, readonly string[], number, string]>([
    ['nothing named', [], 2, 'Nothing to compare.'],
    ['one side only', ['before'], 2, 'Only one side is named.'],
    ['a side named twice', ['before', '--left', 'a/b', '--live'], 2, 'The left side is named more than once.'],
    ['no such snapshot', ['before', 'nowhere'], 2, 'There is no snapshot "nowhere".'],
    ['no such snapshot on Windows', ['before', 'C:\\rec\\1.json'], 2, 'There is no snapshot "C:\\rec\\1.json".'],
    ['a snapshot of another version', ['before', 'version-9.json'], 4, 'schemaVersion 9'],
    ['what is no snapshot', ['before', 'file'], 2, 'no recording'],
    ['two of different kinds', ['before', 'global'], 2, "can't be compared"],
    ['a pool that is not there', ['bluegreen', '--left-pool', 'red', '--right-pool', 'blue-pool'], 2, 'its pools are'],
    ['a name of too many parts', ['--left', 'a/b/c', '--right', 'a/b'], 2, '--left is GROUP/NAME'],
    ['no az', ['before', '--live'], 4, 'az'],
    ['two recordings in one', ['--left', 'a/b', '--right', 'a/c', '--record', 'x'], 2, 'take two snapshots'],
  ])('refuses %s', async (_, argv, code, says) => {
    expect(await azlb('diff', ...argv)).toEqual({ code, stdout: '', stderr: expect.stringContaining(says) });
  });

  test('compares with a snapshot of an azlb that asked less, and says what it lacks', async () => {
    await azlb('snapshot', '--replay', 'before', '--out', 'older.json', '--only-show-errors');
    const older = JSON.parse(readFileSync(at('older.json'), 'utf8'));
    const calls = older.calls.filter(({ argv }: { argv: string[] }) => !argv.includes('nsg'));
    expect(calls.length).toBeLessThan(older.calls.length);
    writeFileSync(at('less.json'), JSON.stringify({ ...older, calls }));
    const { code, stdout } = await azlb('diff', 'less.json', 'before');
    expect({ code, stdout }).toEqual({ code: 5, stdout: expect.stringContaining('The snapshot has no answer to it') });
  });
});
