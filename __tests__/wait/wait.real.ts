import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { againstStandIn, type RealAz } from '../real-az/az.ts';
import { isRead } from '../real-az/requests.ts';
import { listenerStopped, modelLacksPool, notInPool, probe } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { change } from '../world/world.ts';

let az: RealAz;
beforeAll(async () => {
  az = await againstStandIn('2.91.0');
}, 120_000);
afterAll(async () => {
  await az.close();
});

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Moment {
  /** What it has said on stderr by then. */
  readonly when: string;
  readonly act: (child: ChildProcess) => void;
}

/** The built command. */
function waitFor(argv: readonly string[], moment?: Moment): Promise<Ended> {
  let isPast = false;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['dist/azlb.js', 'wait', '-g', 'shop-rg', '-n', 'web-lb', ...argv], {
      env: { ...az.environment },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text) => {
      stdout += text;
    });
    child.stderr.on('data', (text) => {
      stderr += text;
      if (isPast || moment === undefined || !stderr.includes(moment.when)) return;
      isPast = true;
      moment.act(child);
    });
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

interface Finding {
  readonly rule: string;
  readonly fix: { readonly steps: readonly { readonly kind: string; readonly argv: readonly string[] }[] } | null;
}

describe("a scale set grows whose model doesn't name the pool", () => {
  const all = ['--members', 'all'];

  test('all its instances are in the pool before', async () => {
    az.serve(change(healthyWorld({ membership: 'uniform' }), modelLacksPool()));
    const { exitCode, stdout, stderr } = await waitFor(all);
    expect(stdout).toContain('✓ REACHED  web-lb: 3 of 3 in the pool.');
    expect(stderr).toMatch(/^\d+ s: 3 of 3 in the pool \(reached\)$/m);
    expect(exitCode).toBe(0);
    expect(az.requests.filter((request) => !isRead(request))).toEqual([]);
  }, 60_000);

  test('the two new ones miss it: time is up, and the diagnosis says why; after its fix, run by hand, all are there', async () => {
    const grown = healthyWorld({ membership: 'uniform', members: 5 });
    az.serve(change(grown, modelLacksPool(), notInPool('web_4'), notInPool('web_5')));
    const before = await waitFor([...all, '--timeout', '8s', '-o', 'json']);
    expect(before.exitCode).toBe(1);
    const outcome: { readonly diagnosis: { readonly findings: readonly Finding[] } } = JSON.parse(before.stdout);
    expect(outcome).toMatchObject({ outcome: 'timed-out', have: 3, wanted: 5, missing: ['web_4', 'web_5'] });
    expect(before.stderr).toContain('3 of 5 in the pool, missing: web_4, web_5');
    expect(az.requests.filter((request) => !isRead(request))).toEqual([]);

    const finding = outcome.diagnosis.findings.find(({ rule }) => rule === 'vmss-model-lacks-pool');
    const changes = finding?.fix?.steps.filter(({ kind }) => kind === 'change') ?? [];
    expect(changes.length).toBeGreaterThan(0);
    for (const { argv } of changes) {
      const [program, ...words] = argv;
      expect(program).toBe('az');
      expect(await az.run(words)).toMatchObject({ exitCode: 0, stderr: '' });
    }

    const after = await waitFor([...all, '-o', 'json']);
    expect(JSON.parse(after.stdout)).toMatchObject({ outcome: 'reached', have: 5, wanted: 5, missing: [] });
    expect(after.exitCode).toBe(0);
  }, 180_000);
});

describe('Ctrl-C ends it with exit code 130 and the last state', () => {
  beforeAll(() => az.serve(change(healthyWorld(), listenerStopped('web-2'))));
  const interrupt = (child: ChildProcess) => child.kill('SIGINT');

  test('between looks', async () => {
    const { exitCode, stdout } = await waitFor(['--healthy', 'all'], { when: 'again in', act: interrupt });
    expect(stdout).toMatch(/INTERRUPTED {2}web-lb: 2 of 3 healthy, not web-2-nic/);
    expect(exitCode).toBe(130);
  }, 60_000);

  test('while az runs', async () => {
    const { exitCode, stdout } = await waitFor(['--healthy', 'all', '--verbose'], {
      when: 'az network lb show',
      act: interrupt,
    });
    expect(stdout).toContain('! INTERRUPTED  No look was finished.');
    expect(exitCode).toBe(130);
  }, 60_000);
});

test('a load balancer that heals while it is waited for', async () => {
  const healthy = change(healthyWorld(), probe({ interval: 5, threshold: 1 }));
  az.serve(change(healthy, listenerStopped('web-2')));
  const { exitCode, stderr } = await waitFor(['--healthy', 'all'], { when: 'again in', act: () => az.serve(healthy) });
  expect(stderr).toMatch(/web-2-nic up/);
  expect(exitCode).toBe(0);
}, 120_000);
