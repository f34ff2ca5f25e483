import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exitCode } from '../../lib/diagnosis/exit-code.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { diagnosed, isBetter } from '../fuzz/bases.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { deallocated, fault, subnetDenies } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { type Change, change, type World } from '../world/world.ts';
import { againstStandIn, type RealAz } from './az.ts';
import { processesWith } from './processes.ts';

let az: RealAz;
beforeAll(async () => {
  az = await againstStandIn('2.91.0');
}, 120_000);
afterAll(() => az.close());

interface Ended {
  readonly by: number | NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
  /** Of az, when azlb had ended. */
  readonly processes: readonly number[];
}

function triaged(world: World, more: readonly string[], interruptedAfter?: () => Promise<void>): Promise<Ended> {
  az.serve(world);
  const started = performance.now();
  const argv = ['dist/azlb.js', 'triage', '-g', 'shop-rg', '-n', 'web-lb', '-o', 'json', ...more];
  const running = spawn(process.execPath, argv, { env: { ...az.environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  running.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  running.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  interruptedAfter?.().then(() => running.kill('SIGINT'));
  return new Promise((resolve) => {
    running.once('close', (code, signal) => {
      const seconds = (performance.now() - started) / 1000;
      resolve({ by: signal ?? code, stdout, stderr, seconds, processes: processesWith(marker()) });
    });
  });
}

const marker = (): string => `AZURE_CONFIG_DIR=${az.environment.AZURE_CONFIG_DIR}`;
const web = (): World => healthyWorld({ members: 2, clock: new Date().toISOString() });
const health = /^POST .*\/health\?/;

// A start of az takes a second or more, on a busy machine several: what is cut has its own limit below.
const cells: readonly (readonly [string, Change[], Change])[] = [
  ['health is refused', [], fault({ on: health, kind: 'denied' })],
  ['health has no Location', [], fault({ on: health, kind: 'no-location' })],
  ["health's Location is elsewhere", [], fault({ on: health, kind: 'foreign-location' })],
  ['the result of health is a page', [], fault({ on: /operationResults/, kind: 'html' })],
  ['the result of health is gone', [], fault({ on: /operationResults/, kind: 'not-found' })],
  ['health is throttled once', [], fault({ on: health, kind: 'throttled', times: 1 })],
  ['the interfaces are cut off', [subnetDenies()], fault({ on: /\/networkInterfaces\?/, kind: 'cut' })],
  ['a security group is no JSON', [subnetDenies()], fault({ on: /networkSecurityGroups/, kind: 'not-json' })],
  ['a machine fails', [deallocated('web-2')], fault({ on: /virtualMachines\/web-2\?/, kind: 'server-error' })],
];

test.each(cells)(
  '%s: as in memory, no better than without, and no process is left',
  async (_, changes, spoil) => {
    const before = change(web(), ...changes);
    const world = change(before, spoil);
    const [without, wanted] = [await diagnosed(azInMemory(before), before), await diagnosed(azInMemory(world), world)];
    const ended = await triaged(world, []);
    expect(ended).toMatchObject({ by: exitCode(wanted, 'high'), processes: [] });
    const { verdict }: Diagnosis = JSON.parse(ended.stdout);
    expect(verdict).toBe(wanted.verdict);
    expect(isBetter(verdict, without.verdict)).toBe(false);
  },
  180_000,
);

const stuck: readonly (readonly [string, Change, number, readonly number[]])[] = [
  ['the load balancer never comes', fault({ on: /loadBalancers\/web-lb\?/, kind: 'times-out' }), 6, [4]],
  ['health is never accepted', fault({ on: health, kind: 'times-out' }), 25, [4, 5]],
  ['health never ends', fault({ on: health, kind: 'endless' }), 25, [4, 5]],
  ['all is slow', fault({ on: /./, kind: 'slow' }), 15, [4, 5]],
];

test.each(stuck)(
  '%s: it ends in time, says so, and no process is left',
  async (_, spoil, limit, codes) => {
    const ended = await triaged(change(web(), spoil), [`--timeout=${limit}s`]);
    expect(codes).toContain(ended.by);
    // What is left after the limit is our own start and the end of az's processes.
    expect(ended.seconds).toBeLessThan(limit + 3);
    expect(ended.processes).toEqual([]);
    expect(ended.stdout + ended.stderr).toContain(`Time was up after ${limit} s.`);
    if (ended.by === 5) expect(JSON.parse(ended.stdout)).toMatchObject({ verdict: 'unknown' });
  },
  180_000,
);

test('Ctrl-C while az waits for an answer: no process is left', async () => {
  const world = change(web(), fault({ on: /loadBalancers\/web-lb\?/, kind: 'times-out' }));
  let running: readonly number[] = [];
  const asked = async (): Promise<void> => {
    for (let tries = 0; tries < 600 && az.requests.length === 0; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    running = processesWith(marker());
  };
  expect(await triaged(world, [], asked)).toMatchObject({ by: 'SIGINT', stdout: '', processes: [] });
  expect(running.length).toBeGreaterThan(1);
}, 180_000);
